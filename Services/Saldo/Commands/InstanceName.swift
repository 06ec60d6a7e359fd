import Foundation

/// Names of processes within the groups of their services.
enum InstanceName {
  /// What a name may be.
  static let form = "1 to 100 letters, digits, dots, dashes and underscores"

  /// Whether a text is of that form.
  static func isValid(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
  }

  /// The machine's name and the process's number: another one each time.
  static var ofThisProcess: String {
    "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"
  }
}
