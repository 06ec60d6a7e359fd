import Foundation
import Testing
import YAMLDocument

/// The image has the program and the libraries that it is linked with.
@Suite struct DockerfileTests {
  private let image: Dockerfile
  private let file: ComposeFile

  init() throws {
    file = try ComposeFile()
    image = try Dockerfile(ComposeFile.root.appending(path: "Services/Dockerfile"))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: ComposeFile.root.appending(path: path), encoding: .utf8)
  }

  @Test func itIsBuiltInTwoStagesAndRunsInAnother() {
    #expect(image.stages.count == 3)
    let bases = image.stages.map { $0.first?.arguments ?? "" }
    #expect(bases[0].contains(/^swift:6\.[0-9]+\.[0-9]+-bookworm AS build$/))
    // The same Debian, so that the libraries are those that it was linked with.
    #expect(bases[1] == "debian:bookworm-slim AS client" && bases[2] == "debian:bookworm-slim")
  }

  @Test func itIsWhatComposeBuilds() {
    for program in file.programs {
      #expect(program.value["build"]["dockerfile"].text == "Services/Dockerfile")
      #expect(program.value["build"]["context"].text == ".")
      #expect(image.arguments("USER", of: 2).map(\.arguments) == [program.value["user"].text])
    }
  }

  @Test func theProductIsBuiltAndStarted() throws {
    let build = image.arguments("RUN", of: 0).map(\.arguments).first { $0.contains("swift build") }
    let words = try #require(build).split(separator: " ").map(String.init)
    let product = try #require(words.firstIndex(of: "--product").map { words[$0 + 1] })
    #expect(try text("Package.swift").contains(#".executable(name: "\#(product)""#))
    let installed = try #require(words.last)
    let entry = try #require(image.arguments("ENTRYPOINT", of: 2).first?.list)
    #expect(entry.count == 1 && installed == "/image" + entry[0])
    #expect(
      image.arguments("COPY", of: 2).map(\.arguments)
        == ["--from=build /image/ /", "--from=client /image/ /"])
  }

  @Test func whatIsCopiedIsWhatThePackageNames() throws {
    let copied = image.arguments("COPY", of: 0).compactMap { $0.list.first }
    let ignore = try text(".dockerignore").split(separator: "\n").map(String.init)
    #expect(ignore.first == "*")
    #expect(Set(ignore.dropFirst()) == Set(copied.map { "!" + $0 }))
    #expect(Set(copied) == ["Package.swift", "Shared", "Services", "Tests"])
  }

  /// Headers to build with and the library to run with, by their names in Debian 12.
  private static let libraries = [
    "librdkafka-dev": "librdkafka1", "libsqlite3-dev": "libsqlite3-0", "libssl-dev": "libssl3",
    "libzip-dev": "libzip4",
    "zlib1g-dev": "zlib1g",
  ]

  @Test func theLibrariesAreThoseThatThePackageLinks() throws {
    let prepare = try text(".ci/prepare")
    let list = try #require(prepare.firstMatch(of: /libraries=\(([^)]*)\)/)?.1)
    let needed = Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    #expect(image.packages(of: 0) == needed)
    let runtime = Set(image.packages(of: 0).map { Self.libraries[$0] ?? "? for \($0)" })
    #expect(image.packages(of: 2) == runtime.union(["ca-certificates"]))
    for (headers, library) in Self.libraries {
      #expect(needed.contains(headers), "\(library)")
    }
  }

  /// Where the newer client is put is where the program looks first, and the tests run on the same.
  @Test func theNewerClientIsFound() throws {
    let run = image.arguments("RUN", of: 1).map(\.arguments).joined(separator: " ")
    let version = try #require(run.firstMatch(of: /confluent-kafka==[0-9.]+[0-9]/)).0
    #expect(try text(".ci/brokers").contains(version))
    let path = try #require(image.arguments("ENV", of: 2).map(\.arguments).first)
    #expect(path == "LD_LIBRARY_PATH=/usr/local/lib/saldo")
    #expect(run.contains(" /image/usr/local/lib/saldo/librdkafka.so.1"))
  }

  @Test func foldersThatVolumesTakeTheirOwnerFromAreTheUsers() throws {
    let run = image.arguments("RUN", of: 2).map(\.arguments).joined(separator: " ")
    let folders = image.arguments("VOLUME", of: 2).flatMap(\.list)
    let made = try #require(run.range(of: "install --directory --owner saldo --group saldo"))
    #expect(folders.allSatisfy { run[made.upperBound...].contains($0) })
    #expect(run.contains("useradd --system --uid 10001") && run.contains(" saldo "))
  }
}
