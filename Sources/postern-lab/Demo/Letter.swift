// SPDX-License-Identifier: Apache-2.0

/// The letters that the demo's people write.
enum Letter {
    /// A message of a few lines.
    static func text(from author: String, to recipient: String, _ subject: String) -> String {
        """
        From: \(author)
        To: \(recipient)
        Subject: \(subject)
        Date: Mon, 1 Jan 2024 00:00:00 +0000

        Dear reader,

        this is about \(subject).

        """
    }
}
