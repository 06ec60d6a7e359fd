import Foundation
import Testing

@testable import SaldoCommands

@Suite struct VersionTests {
  /// The first line is the program's, which the Debian package takes its version from.
  @Test func itNamesTheProgramAndTheLibrariesThatItRunsWith() async throws {
    let ended = try await SaldoProgram.run(["--version"], expecting: 0)
    let lines = ended.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(
      lines.map(\.first) == [
        "saldo", "rules", "SQLite", "librdkafka", "OpenSSL", "libzip", "zlib",
      ])
    for line in lines {
      #expect(line.count == 2)
      let isNumber =
        line.first == "rules"
        ? line.last?.allSatisfy(\.isNumber) : line.last?.wholeMatch(of: /\d+\.\d+\.\d+.*/) != nil
      #expect(isNumber == true, "\(line)")
    }
    #expect(ended.errors.isEmpty)
  }

  /// Debian compares versions, and a file's name holds this one.
  @Test func itsNumberIsOneThatDebianTakes() {
    #expect(Version.number.wholeMatch(of: /\d+(\.\d+)*([+~][a-z0-9.]+)?/) != nil)
  }
}
