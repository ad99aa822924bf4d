// SPDX-License-Identifier: Apache-2.0

/// Columns for a terminal: as wide as their widest cell, two blanks apart, the header in bold.
struct Table: CustomStringConvertible {
    private let rows: [[String]]

    /// A table of cells, made harmless here, so that no caller has to think of it.
    init(_ header: [String], _ rows: [[String]]) {
        self.rows = [header] + rows.map { $0.map(Terminal.harmless) }
    }

    var description: String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.enumerated().map { offset, row in
            let line = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
            return offset == 0 ? Terminal.styled(line, .bold) : line
        }.joined(separator: "\n")
    }
}
