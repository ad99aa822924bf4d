// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

extension Lab {
    /// Connects an SMTP client to Postfix and reads its banner and the answer to EHLO.
    ///
    /// - Parameters:
    ///   - port: 25, or 587 for submission with login.
    ///   - client: The client's address; `Place.trustedClient`, `Place.outsider`, or any of 127.0.0.0/8 and ::1.
    ///   - clientPort: The client's port; 0 lets the kernel choose.
    /// - Throws: `LabFailure.connection` if the banner is no welcome.
    /// - Returns: The connection, ready for MAIL FROM.
    public func connect(port: Int, from client: String = "127.0.0.1", clientPort: Int = 0) async throws -> SMTPSession {
        let source = try SocketAddress(ipAddress: client, port: clientPort)
        let server =
            switch client {
            case "::1": "::1"
            case let client where client.contains(":"): Place.server6
            case let client where client.hasPrefix("127."): "127.0.0.1"
            default: Place.server
            }
        let session = try await SMTPSession.connect(
            to: SocketAddress(ipAddress: server, port: port), from: source, in: world, channels)
        let banner = try await session.nextAnswer(from: 0)
        guard banner.isPositive else { throw LabFailure.connection("banner: \(banner)") }
        try await session.hello()
        return session
    }

    /// Hands one message to Postfix by SMTP, on a connection of its own.
    ///
    /// LF line ends become CRLF. With a login it goes to port 587, else to port 25.
    /// - Throws: `LabFailure.connection` if there is no welcome, or the login fails. A refusal is no error.
    /// - Returns: How it fared.
    @discardableResult
    public func submit(
        _ content: String, from sender: String, to recipients: [String], login: Login? = nil,
        client: String = "127.0.0.1"
    ) async throws -> Submission {
        try await submit(Self.withCRLF(content), from: sender, to: recipients, login: login, client: client)
    }

    /// Hands one message to Postfix by SMTP as it is, on a connection of its own.
    @discardableResult
    public func submit(
        _ content: [UInt8], from sender: String, to recipients: [String], login: Login? = nil,
        client: String = "127.0.0.1"
    ) async throws -> Submission {
        let session = try await connect(port: login == nil ? 25 : 587, from: client)
        do {
            if let login {
                let answer = try await session.login(login)
                guard answer.isPositive else { throw LabFailure.connection("login: \(answer)") }
            }
            let submission = try await session.submit(content, from: sender, to: recipients)
            await session.quit()
            return submission
        } catch {
            await session.close()
            throw error
        }
    }

    /// Hands one message to Postfix's sendmail(1), as programs and PHP do.
    @discardableResult
    public func sendmail(as user: String, arguments: [String] = ["-t"], _ content: String) async throws -> ProgramResult
    {
        try await run(["/usr/sbin/sendmail"] + arguments, as: user, input: content)
    }

    /// The message with CRLF at each line's end, as SMTP has it.
    public static func withCRLF(_ content: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in content.utf8 {
            if byte == UInt8(ascii: "\n"), bytes.last != UInt8(ascii: "\r") { bytes.append(UInt8(ascii: "\r")) }
            bytes.append(byte)
        }
        return bytes
    }
}
