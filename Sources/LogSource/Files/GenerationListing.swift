// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A log file's family, oldest first, the live file last where there is one.
struct GenerationListing {
    /// The most predecessors that count, the youngest ones; a year of daily rotations is within it.
    static let maximumCount = 1000

    let generations: [Generation]

    /// The live file.
    var live: Generation? {
        guard let last = generations.last, last.isLive else { return nil }
        return last
    }

    /// Lists the family while no rotation is at work; `nil` if one always is, and the next look may do.
    ///
    /// Neither a directory is read nor several files renamed in one step: a list counts once a second one is the same.
    static func settled(of path: String) -> GenerationListing? {
        var before = GenerationListing(of: path)
        for _ in 0..<8 {
            let after = GenerationListing(of: path)
            if after.hasSameFiles(as: before) { return after }
            before = after
        }
        return nil
    }

    private init(of path: String) {
        let (directory, base) = Self.split(path)
        var dated: [(String, Generation)] = []
        var numbered: [(Int, Generation)] = []
        var plain: Set<GenerationName.Mark> = []
        for entry in Self.names(in: directory) where entry.hasPrefix(base) {
            guard let name = GenerationName(suffix: entry.dropFirst(base.count)) else { continue }
            let path = directory + "/" + entry
            guard let status = try? FileStatus(path: path), status.isRegular else { continue }
            let generation = Generation(path: path, name: name, status: status)
            if !name.isPacked { plain.insert(name.mark) }
            switch name.mark {
            case .date(let date): dated.append((date, generation))
            case .number(let number): numbered.append((number, generation))
            }
        }
        let byDate = dated.sorted { ($0.0, $0.1.path) < ($1.0, $1.1.path) }.map(\.1)
        let byNumber = numbered.sorted { ($0.0, $0.1.path) > ($1.0, $1.1.path) }.map(\.1)
        // Both kinds: somebody changed the way of rotation, and the kind in use now has the youngest file.
        let datedIsYounger = (byDate.last?.status.modified ?? .min) >= (byNumber.last?.status.modified ?? .min)
        // gzip(1) removes the plain file when the packed one is whole: until then the plain one counts.
        let predecessors = (datedIsYounger ? byNumber + byDate : byDate + byNumber).filter { generation in
            guard let name = generation.name, name.isPacked else { return true }
            return !plain.contains(name.mark)
        }
        let live = (try? FileStatus(path: path)).map { Generation(path: path, name: nil, status: $0) }
        generations = predecessors.suffix(Self.maximumCount) + (live.map { [$0] } ?? [])
    }

    private func hasSameFiles(as other: GenerationListing) -> Bool {
        generations.elementsEqual(other.generations) { $0.path == $1.path && $0.status.isSameFile(as: $1.status) }
    }

    /// The directory and the name in it.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = path[..<slash]
        return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
    }

    /// The names in a directory; none if it cannot be read, when the live file has to do alone.
    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }
}
