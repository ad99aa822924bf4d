// SPDX-License-Identifier: Apache-2.0

/// One file of a log's family: the live one, or what rotations made of its predecessors.
struct Generation: Hashable {
    let path: String
    /// `nil` for the live file.
    let name: GenerationName?
    let status: FileStatus

    var isPacked: Bool { name?.isPacked ?? false }
    var isLive: Bool { name == nil }

    /// Opens the file if it still is the one that was listed; `nil` if a rotation has moved on.
    func open() throws(LogFault) -> LogFile? {
        let descriptor: FileDescriptor
        do throws(SystemError) {
            descriptor = try FileDescriptor(path: path)
        } catch {
            guard !error.isAbsence else { return nil }
            throw LogFault(path: path, reason: error.description)
        }
        let file = try LogFile(path: path, isPacked: isPacked, descriptor: descriptor)
        return file.status.isSameFile(as: status) ? file : nil
    }
}
