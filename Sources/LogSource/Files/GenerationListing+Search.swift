// SPDX-License-Identifier: Apache-2.0

extension GenerationListing {
    /// Opens the generation in which `place` lies; `nil` if none that can be read is it.
    func find(_ place: FilePosition) -> LogFile? {
        let sameNumber = generations.filter {
            $0.status.device == place.device && $0.status.inode == place.inode
        }
        // The inode number first: it is right but for files that were deleted, copied or packed since.
        for generation in sameNumber + generations.reversed() {
            guard place.fingerprint.length > 0 || sameNumber.contains(generation),
                let file = try? generation.open(), let beginning = try? file.beginning(),
                place.fingerprint.matches(beginning)
            else { continue }
            // A live file that ends before the place was emptied and begins alike. A copy may end before it: what was
            // written between copying and truncating was read in time.
            if generation.isLive, file.status.size < place.offset { continue }
            return file
        }
        return nil
    }

    /// The generations younger than `file`, which is open and thus keeps its inode number to itself.
    func successors(of file: LogFile, at fingerprint: FileFingerprint) -> ArraySlice<Generation> {
        if let index = generations.lastIndex(where: { $0.status.isSameFile(as: file.status) }) {
            return generations[(index + 1)...]
        }
        // Deleted, perhaps because it was packed.
        let packed = generations.lastIndex { generation in
            guard fingerprint.length > 0, generation.isPacked, let packed = try? generation.open(),
                let beginning = try? packed.beginning()
            else { return false }
            return fingerprint.matches(beginning)
        }
        if let packed { return generations[(packed + 1)...] }
        let written = (try? file.descriptor.status().modified) ?? file.status.modified
        let first = generations.firstIndex { $0.isLive || $0.status.modified > written }
        return generations[(first ?? generations.endIndex)...]
    }
}
