// SPDX-License-Identifier: Apache-2.0

/// What stands between two Postfix listeners, as Amavis does.
enum ContentFilter {
    /// A content filter as simple as one can be: what comes in on one port goes out to another.
    static let script = """
        import asyncore, warnings
        warnings.simplefilter("ignore")
        import smtpd, smtplib
        class Filter(smtpd.SMTPServer):
            def process_message(self, peer, sender, recipients, data, **rest):
                with smtplib.SMTP("127.0.0.1", 10025) as smtp:
                    smtp.sendmail(sender, recipients, data)
        Filter(("127.0.0.1", 10024), None, decode_data=False)
        print("filters")
        asyncore.loop()
        """
}
