// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// `packaging/test` sets this; a packager with a newer compiler, which warns of more, does not have to.
let strict = Context.environment["POSTERN_STRICT"] == "1"

/// `packaging/fuzz` sets this: our own modules count what of them runs, and look after their memory.
let fuzzed = Context.environment["POSTERN_FUZZ"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])
    + (fuzzed ? [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])] : [])

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name), "SeededRandom"] + dependencies, resources: resources,
        swiftSettings: settings)
}

/// A shared library of the host, found by pkg-config; `packaging/dependencies` installs it.
func system(_ name: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "postern",
    products: [
        .executable(name: "postern", targets: ["postern"]),
        .library(name: "Replies", targets: ["Replies"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CNamespaces"),
        .systemLibrary(name: "CSpawn"),
        system("CMilter", pkgConfig: "milter", debian: "libmilter-dev"),
        system("COpenDKIM", pkgConfig: "opendkim", debian: "libopendkim-dev"),
        system("COpenSSL", pkgConfig: "libcrypto", debian: "libssl-dev"),
        system("CPCRE2", pkgConfig: "libpcre2-8", debian: "libpcre2-dev"),
        system("CSystemd", pkgConfig: "libsystemd", debian: "libsystemd-dev"),
        // Without pkg-config: Debian's libunbound.pc asks for libevent.pc, which libunbound-dev does not bring.
        .systemLibrary(name: "CUnbound", providers: [.apt(["libunbound-dev"])]),
        system("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),

        // libmilter's signal thread would take the process's signals for its own: see SignalThread.swift.
        .target(
            name: "Milter", dependencies: ["CMilter"], swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic-symbol=sigwait"])]),
        library("SeededRandom"),
        library("ScratchSpace"),
        library("MilterClient", ["SeededRandom"]),
        library("DKIM", ["COpenSSL", "COpenDKIM"]),
        library("PosternCore"),
        library("Settings", [tomlKit]),
        library("PostfixWire", ["PosternCore"]),
        library("PostfixTools", ["PosternCore", "PostfixWire", "CSpawn"]),
        library("Setup", ["PosternCore", "PostfixTools", "Settings"]),
        library("LogSource", ["PosternCore", "PostfixWire", "CSystemd", "CZlib"]),
        library("Replies", ["PosternCore", "CPCRE2", "Settings"], resources: [.copy("Rules")]),
        library("DatabaseFiles", ["PosternCore", grdb]),
        library("Ledger", ["PosternCore", "DatabaseFiles", grdb]),
        library("Routes", ["PosternCore", "DatabaseFiles", grdb]),
        library("LimitState", ["PosternCore", "DatabaseFiles", grdb]),
        library("StatusModel", ["PosternCore"]),
        library("StatusPage", ["StatusModel", "PosternCore"]),
        library("Feedback", ["PosternCore", "StatusModel"]),
        library("OpenDKIMImport", ["PosternCore", "Settings"]),
        library("Delisting", ["PosternCore", "Replies", "StatusModel"]),
        library("Exposition"),
        library("Resolving", ["CUnbound", "PosternCore"]),
        library("Deliverability", ["PosternCore", "Resolving", "DKIM"]),
        library("MailLog", ["PosternCore", "PostfixWire", "Replies", "Settings"]),
        library(
            "PosternServer",
            [
                "Milter", "DKIM", "PosternCore", "PostfixWire", "LogSource", "Replies", "MailLog", "Ledger", "Routes",
                "LimitState", "PostfixTools", "Resolving", "Deliverability", "Settings", "StatusModel", "StatusPage",
                "Exposition", "Delisting", "CSystemd", logging, lifecycle, unixSignals, hummingbird, nioCore, nioPosix,
                nioHTTP1,
            ]),
        .executableTarget(
            name: "postern",
            dependencies: [
                "PosternServer", "PosternCore", "PostfixTools", "PostfixWire", "LogSource", "Replies", "MailLog",
                "Setup",
                "Ledger", "Routes", "DKIM", "Deliverability", "Settings", "StatusModel", "Delisting", "Feedback",
                "OpenDKIMImport",
                "Resolving", argumentParser, logging,
            ],
            swiftSettings: settings),

        library("PosternLab", ["CNamespaces", nioCore, nioPosix]),
        .executableTarget(
            name: "postern-lab", dependencies: ["PosternLab", "PosternCore", "Routes", argumentParser],
            swiftSettings: settings),

        .executableTarget(
            name: "postern-bench",
            dependencies: [
                "MilterClient", "LogSource", "MailLog", "PostfixWire", "PosternCore", "Replies", argumentParser,
            ],
            swiftSettings: settings),

        tests(of: "Milter", ["MilterClient"]),
        tests(of: "DKIM", resources: [.copy("Messages")]),
        tests(of: "PosternCore"),
        tests(of: "Settings"),
        tests(of: "PostfixWire", ["PosternCore"]),
        tests(of: "PostfixTools", ["PosternCore", "PostfixWire"]),
        tests(of: "Setup", ["PosternCore", "PostfixTools"]),
        tests(of: "LogSource", ["PosternCore", "PostfixWire"]),
        tests(of: "Replies", ["PosternCore", "Settings"], resources: [.copy("Samples")]),
        tests(of: "Ledger", ["ScratchSpace", "PosternCore", grdb]),
        tests(of: "Routes", ["ScratchSpace", "PosternCore", grdb]),
        tests(of: "LimitState", ["ScratchSpace", "PosternCore", grdb]),
        tests(of: "StatusModel", ["PosternCore"]),
        tests(of: "StatusPage", ["StatusModel", "PosternCore"]),
        tests(of: "Delisting", ["PosternCore", "Replies", "StatusModel"]),
        tests(
            of: "OpenDKIMImport",
            ["PosternCore", "PosternServer", "Settings", "DKIM", "MilterClient", "ScratchSpace"]),
        tests(of: "Feedback", ["PosternCore", "StatusModel"]),
        tests(of: "Exposition"),
        tests(of: "Resolving", ["PosternCore"]),
        tests(of: "Deliverability", ["PosternCore", "Resolving", "DKIM"], resources: [.copy("RFC7208")]),
        tests(of: "MailLog", ["PosternCore", "PostfixWire", "Replies", "Settings"]),
        tests(
            of: "PosternServer",
            [
                "Deliverability", "Ledger", "StatusModel", "StatusPage", "Delisting", "Exposition", "DKIM", "Milter",
                "LimitState", "PosternCore", "PostfixWire", "Replies", "MailLog", "Settings", logging, nioCore,
                nioEmbedded,
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["PosternLab", "MilterClient", "SeededRandom", "postern", "postern-lab"],
            swiftSettings: settings),
    ]
)
