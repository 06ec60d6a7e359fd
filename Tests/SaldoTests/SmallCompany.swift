import Foundation
import Testing

/// A company that is small enough to be processed many times.
enum SmallCompany {
  /// Files of a small company, with moves, and the reports that they come to.
  static func files(in place: Workplace) async throws -> [String] {
    let folder = place.path("files")
    try await SaldoProgram.run(
      [
        "sample", "--out", folder, "--seed", "11", "--plants", "2", "--parts", "24", "--days",
        "25", "--movements-per-day", "60", "--moved-per-mille", "20", "--disposed-per-mille", "50",
      ], expecting: 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { "\(folder)/\($0)" }
    try await place.process(files, reports: "expected", ["--partitions", "2"])
    return files
  }

  /// Makes the folder `data` a backup of a part of the files, as it is restored.
  static func restore(half files: [String], in place: Workplace) async throws {
    try? FileManager.default.removeItem(atPath: place.path("data"))
    try await place.process(
      Array(files.prefix(files.count / 2)), data: "half", reports: "half-reports",
      expecting: 1, ["--partitions", "2"])
    try await SaldoProgram.run(
      ["backup", "--data", place.path("half"), "--out", place.path("data")], expecting: 0)
    try FileManager.default.removeItem(atPath: place.path("data/backup.json"))
  }
}
