import Foundation

/// Which seeds this test run tries.
enum Seeds {
  private static let environment = ProcessInfo.processInfo.environment

  /// One seed alone, with all that happens: `make simulate SEED=n`.
  static let replayed = environment["SALDO_SIMULATION_SEED"].flatMap { UInt64($0) }

  /// `SALDO_SIMULATION_SEEDS` is a count, or a range as in `5000-9999`.
  static let all: Range<UInt64> = {
    let given = environment["SALDO_SIMULATION_SEEDS"] ?? ""
    let bounds = given.split(separator: "-").compactMap { UInt64($0) }
    switch bounds.count {
    case 1: return 1..<bounds[0] + 1
    case 2 where bounds[0] <= bounds[1]: return bounds[0]..<bounds[1] + 1
    default: return 1..<501
    }
  }()

  /// Those for the loops that run, which take their time: a run has files, threads and pauses.
  static let loops: Range<UInt64> =
    environment["SALDO_SIMULATION_SEEDS"] == nil
    ? 1..<7 : all.lowerBound..<min(all.lowerBound + 100, all.upperBound)

  /// The seeds in runs that can go side by side.
  static let runs: [Range<UInt64>] = stride(from: all.lowerBound, to: all.upperBound, by: 50).map {
    $0..<min($0 + 50, all.upperBound)
  }
}
