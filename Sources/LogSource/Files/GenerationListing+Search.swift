// SPDX-License-Identifier: Apache-2.0

extension GenerationListing {
    /// What became of a place in the log.
    enum Finding {
        /// It lies in this file.
        case found(LogFile)
        /// It lies in no file that can be read.
        case lost
        /// Files were renamed while they were looked through; to be asked of a new listing.
        case unsettled
    }

    /// Opens the generation in which `place` lies.
    func find(_ place: FilePosition) -> Finding {
        let sameNumber = generations.filter {
            $0.status.device == place.device && $0.status.inode == place.inode
        }
        // The inode number first: it is right but for files that were deleted, copied or packed since.
        let others = place.fingerprint.length > 0 ? generations.reversed() : []
        for generation in sameNumber + others {
            do throws(LogFault) {
                guard let file = try generation.open() else { return .unsettled }
                guard place.fingerprint.matches(try file.beginning()) else { continue }
                // A live file that ends before the place was emptied and begins alike. A copy may end before it: what was
                // written between copying and truncating was read in time.
                if generation.isLive, file.status.size < place.offset { continue }
                return .found(file)
            } catch {
                continue
            }
        }
        return .lost
    }

    /// The generations younger than `file`, which is open and thus keeps its inode number to itself.
    /// - Returns: `nil` if files were renamed while they were looked through.
    func successors(of file: LogFile, at fingerprint: FileFingerprint) -> ArraySlice<Generation>? {
        if let index = generations.lastIndex(where: { $0.status.isSameFile(as: file.status) }) {
            return generations[(index + 1)...]
        }
        // Deleted, perhaps because it was packed.
        for (index, generation) in generations.enumerated().reversed() where generation.isPacked {
            do throws(LogFault) {
                guard let packed = try generation.open() else { return nil }
                guard fingerprint.length > 0, fingerprint.matches(try packed.beginning()) else { continue }
                return generations[(index + 1)...]
            } catch {
                continue
            }
        }
        let written = (try? file.descriptor.status().modified) ?? file.status.modified
        let first = generations.firstIndex { $0.isLive || $0.status.modified > written }
        return generations[(first ?? generations.endIndex)...]
    }
}
