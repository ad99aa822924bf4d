// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Follows the lab's /var/log/mail.log, told by inotify(7), over rotation and truncation.
final class MailLog: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let directory: CInt
    private let lines: Chronicle<String>
    private var file: CInt = -1
    private var splitter = LineSplitter()

    private init(directory: CInt, lines: Chronicle<String>) {
        self.directory = directory
        self.lines = lines
    }

    /// Begins to follow, until the channel, which reads inotify's events, is closed.
    static func follow(in world: World, into lines: Chronicle<String>, _ channels: OpenChannels) async throws {
        let (directory, events) = try await world.inside {
            let directory = try SystemCall.check("open /var/log", open("/var/log", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
            let events = try SystemCall.check("inotify_init1", inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK)))
            let mask = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
            try SystemCall.check("inotify_add_watch", inotify_add_watch(events, "/var/log", mask))
            return (directory, events)
        }
        let channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MailLog(directory: directory, lines: lines))
                }
            }
            .takingOwnershipOfDescriptor(input: events).get()
        channels.add(channel)
    }

    /// Something in the directory changed; which file does not matter, a look costs little.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { look() }

    func channelActive(context: ChannelHandlerContext) { look() }

    func channelInactive(context: ChannelHandlerContext) {
        look()
        if let rest = splitter.finish() { lines.append(rest) }
        lines.end()
        if file >= 0 { close(file) }
        close(directory)
        context.fireChannelInactive()
    }

    private func look() {
        readOn()
        guard hasBeenReplaced else { return }
        if file >= 0 { close(file) }
        file = openat(directory, "mail.log", O_RDONLY | O_CLOEXEC)
        readOn()
    }

    private func readOn() {
        guard file >= 0 else { return }
        var status = stat()
        if fstat(file, &status) == 0, status.st_size < lseek(file, 0, SEEK_CUR) { lseek(file, 0, SEEK_SET) }
        while let bytes = try? SystemCall.read(file, limit: 1 << 20), !bytes.isEmpty {
            for line in splitter.add(bytes) { lines.append(line) }
        }
    }

    private var hasBeenReplaced: Bool {
        var named = stat()
        guard fstatat(directory, "mail.log", &named, 0) == 0 else { return false }
        var opened = stat()
        guard file >= 0, fstat(file, &opened) == 0 else { return true }
        return named.st_ino != opened.st_ino
    }
}
