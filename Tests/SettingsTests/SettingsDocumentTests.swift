// SPDX-License-Identifier: Apache-2.0
import Settings
import Testing

private struct Door: Equatable {
    enum Material: String, CaseIterable { case oak, iron }
    struct Hinge: Equatable { var side: String }

    var width: Int
    var material: Material
    var closesAfter: Duration
    var hinges: [Hinge]

    init(_ section: Section) {
        width = section.required("width", .integer(in: 60...200, unit: "cm"), example: 90, help: "The clear width.")
        material = section.value("material", .choice, default: .oak, help: "What it is made of.")
        closesAfter = section.value(
            "closes-after", .duration(in: .seconds(1)...(.seconds(3600))), default: .seconds(90),
            help: "Until it shuts.")
        hinges = section.tables("hinges", inline: true, help: "Its hinges.") { hinge in
            Hinge(side: hinge.required("side", .text, example: "left", help: "Left or right."))
        }
    }
}

private func doors(_ text: String) -> Result<[Door], Problems> {
    Result { () throws(Problems) in
        try SettingsDocument.read(text, file: "castle.toml") { root in
            root.tables("door", help: "A door.") { Door($0) }
        }
    }
}

private func complaints(_ text: String) -> [String] {
    guard case .failure(let problems) = doors(text) else { return [] }
    return problems.all.map(\.description)
}

@Suite struct `A settings document` {
    @Test func `gives values and defaults`() throws {
        let read = try doors("[[door]]\nwidth = 80\nhinges = [{ side = \"left\" }]\n").get()
        #expect(read.count == 1)
        #expect(read.first?.width == 80)
        #expect(read.first?.material == .oak)
        #expect(read.first?.closesAfter == .seconds(90))
        #expect(read.first?.hinges == [Door.Hinge(side: "left")])
    }

    @Test func `refuses an unknown key with its line and the nearest one`() {
        #expect(
            complaints("[[door]]\nwidth = 80\n\nmatreial = \"oak\"\n") == [
                "castle.toml:4: door[1].matreial: unknown key; did you mean \"material\"?"
            ])
    }

    @Test func `lists what is known where nothing is near`() {
        #expect(
            complaints("[[door]]\nwidth = 80\ncolour = 1\n") == [
                "castle.toml:3: door[1].colour: unknown key; known here: closes-after, hinges, material, width"
            ])
    }

    @Test func `names a wrong type as one`() {
        #expect(
            complaints("[[door]]\nwidth = \"80\"\n") == [
                "castle.toml:2: door[1].width: is a string; it takes a whole number from 60 to 200 (cm)"
            ])
    }

    @Test func `names the bounds of a number at both edges`() {
        #expect(complaints("[[door]]\nwidth = 60\n").isEmpty)
        #expect(complaints("[[door]]\nwidth = 200\n").isEmpty)
        #expect(complaints("[[door]]\nwidth = 59\n") == ["castle.toml:2: door[1].width: 59 is not within 60…200"])
        #expect(complaints("[[door]]\nwidth = 201\n") == ["castle.toml:2: door[1].width: 201 is not within 60…200"])
    }

    @Test func `says that a required key is missing at the line of its table`() {
        #expect(
            complaints("\n[[door]]\nmaterial = \"iron\"\n") == [
                "castle.toml:2: door[1].width: is missing; it takes a whole number from 60 to 200 (cm)"
            ])
    }

    @Test func `reports every problem, in the order of the lines`() {
        let text = """
            [[door]]
            width = 80
            material = "irno"
            closes-after = "2 h"
            [[door]]
            width = 90
            hinges = [
              { side = "left" },
              { sdie = "right" },
            ]
            """
        #expect(
            complaints(text) == [
                "castle.toml:3: door[1].material: \"irno\" is not one of \"oak\", \"iron\"; did you mean \"iron\"?",
                "castle.toml:4: door[1].closes-after: \"2 h\" is not a duration; write a number and ms, s, m, h or d",
                "castle.toml:9: door[2].hinges[2].sdie: unknown key; did you mean \"side\"?",
                "castle.toml:9: door[2].hinges[2].side: is missing; it takes a string",
            ])
    }

    @Test func `tells line and column of a syntax error`() {
        let found = complaints("[[door]]\nwidth = = 80\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("castle.toml:2: not TOML:") == true)
    }

    @Test(arguments: ["[.door]", "[\u{7F}t = 1", "[[ .door]]", "[é]", "[=]", "[\n]", "[\r\n]", "[#]", "[ [door]]"])
    func `refuses a header without a key, and lives on`(_ header: String) {
        #expect(
            complaints("text = \"\"\"\n[.not a header\n\"\"\"\n\(header)") == [
                "castle.toml:4: not TOML: no key stands in the brackets; write [name]"
            ])
    }

    @Test func `refuses a table where an array of tables belongs`() {
        #expect(
            complaints("[door]\nwidth = 80\n") == [
                "castle.toml:1: door: is a table, where an array of tables belongs; write [[door]]"
            ])
    }

    @Test func `makes a sample that it reads itself`() throws {
        let description = SettingsDocument.describe { root in
            root.table("gate", help: "The gate.") { gate in
                (
                    gate.value("open", .flag, default: true, help: "Whether it stands open."),
                    gate.optional("name", .text, example: "North \"gate\"", help: "What people call it.")
                )
            }
        }
        let sample = description.sample()
        #expect(sample.contains("\nopen = true\n"))
        #expect(sample.contains("\n#name = \"North \\\"gate\\\"\"\n"))
        let read = try SettingsDocument.read(sample, file: "sample") { root in
            root.table("gate", help: "") { gate in
                _ = gate.optional("name", .text, example: "", help: "")
                return gate.value("open", .flag, default: false, help: "")
            }
        }
        #expect(read)
    }
}
