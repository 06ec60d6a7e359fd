import ArgumentParser
import Foundation

extension TokenOptions {
  /// The token; nil where none was given.
  ///
  /// - Throws: `ArgumentError` where the file holds none.
  var token: String? {
    get throws {
      guard let tokenFile else {
        let token = ProcessInfo.processInfo.environment["SALDO_TOKEN"] ?? ""
        return token.isEmpty ? nil : try Self.checked(token, of: "SALDO_TOKEN")
      }
      guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
        throw ArgumentError(tokenFile, "cannot be read")
      }
      return try Self.checked(text.trimmingCharacters(in: .whitespacesAndNewlines), of: tokenFile)
    }
  }

  private static func checked(_ token: String, of place: String) throws -> String {
    // What could end the header would say more than a token.
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ArgumentError(place, "holds no token: one word of letters, digits and - . _ ~ + / =")
    }
    return token
  }
}
