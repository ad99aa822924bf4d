// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import NIOPosix

/// Asks the ledger on a thread that may wait for the disk.
struct LedgerDesk: Sendable {
    /// The ledger's directory.
    let directory: String

    /// What the ledger answers.
    /// - Throws: ``LedgerError``.
    func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (LedgerReader) throws -> Answer
    ) async throws -> Answer {
        // Opened anew for each question: the daemon may have set a damaged file aside and begun a new one.
        try await NIOThreadPool.singleton.runIfActive { [directory] in
            try question(LedgerReader(directory: directory))
        }
    }
}
