// SPDX-License-Identifier: Apache-2.0

/// Columns for a terminal: as wide as their widest cell, two blanks apart, the header in bold.
struct Table: CustomStringConvertible {
    private let rows: [[String]]

    /// A table of cells, made harmless here, so that no caller has to think of it.
    init(_ header: [String], _ rows: [[String]]) {
        self.rows = [header] + rows.map { $0.map(Terminal.harmless) }
    }

    var description: String { text(width: Terminal.size?.columns) }

    /// The narrowest that a column is cut to.
    private static let narrowest = 8

    /// The table in at most `width` columns, as far as its columns can be cut; `nil` for as wide as it likes.
    func text(width: Int?) -> String {
        let widths = widths(within: width)
        let rows = rows.map { row in
            zip(row, widths).map { $0.count > $1 ? String($0.prefix(max(0, $1 - 1))) + "…" : $0 }
        }
        return rows.enumerated().map { offset, row in
            let line = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
            return offset == 0 ? Terminal.styled(line, .bold) : line
        }.joined(separator: "\n")
    }

    /// Each column as wide as its widest cell; where that is too much, the widest columns give way first.
    private func widths(within width: Int?) -> [Int] {
        var widths = (rows.first ?? []).indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
