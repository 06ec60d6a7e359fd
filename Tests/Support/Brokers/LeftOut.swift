import Foundation

/// Tests that leave themselves out, which must not go unnoticed: `make test` counts these lines.
public enum LeftOut {
  /// Says that a test was left out, and why.
  public static func say(_ test: String, _ reason: String) {
    let test = test.replacingOccurrences(of: ":", with: " ")
    FileHandle.standardOutput.write(Data("left out: \(test): \(reason)\n".utf8))
  }
}
