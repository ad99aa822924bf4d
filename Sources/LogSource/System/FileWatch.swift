// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Wakes a follower when its file or the directory around it changes, by inotify(7).
///
/// Only a wake-up: what happened is found out by looking. Where inotify is not to be had (no descriptor left, a network
/// file system), the follower's slow poll does alone.
final class FileWatch {
    private let descriptor: Int32
    private let path: String
    private let directory: String
    private var watches: Set<Int32> = []

    init(path: String) {
        self.path = path
        directory = GenerationListing.split(path).directory
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches the directory, the live file, and the file that is being read if that is another one.
    /// - Returns: Whether a watch is new: what happened before it must be looked for once.
    func cover(_ file: FileDescriptor?) -> Bool {
        guard descriptor >= 0 else { return false }
        // All asked for anew each time, which changes nothing if nothing has changed: names get other files. The directory
        // without IN_MODIFY, which would tell of every line in every other log there.
        let names = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_ONLYDIR
        var wanted: Set<Int32> = [
            inotify_add_watch(descriptor, directory, UInt32(names)),
            inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)),
        ]
        // By its descriptor: another file may have its name by now.
        if let file { wanted.insert(inotify_add_watch(descriptor, "/proc/self/fd/\(file.number)", UInt32(IN_MODIFY))) }
        wanted.remove(-1)
        let isNew = !wanted.isSubset(of: watches)
        for old in watches.subtracting(wanted) { inotify_rm_watch(descriptor, old) }
        watches = wanted
        return isNew
    }

    /// Waits for a change, for the signal to stop, or until the time is up.
    func wait(_ stop: StopSignal, for milliseconds: Int32) {
        stop.wait(orReadable: descriptor, for: milliseconds)
        var events = [UInt8](repeating: 0, count: 4096)
        while descriptor >= 0, read(descriptor, &events, events.count) > 0 {}
    }
}
