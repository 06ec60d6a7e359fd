import ArgumentParser
import Foundation

/// Where running services listen.
enum ServiceURL {
  /// The URL of a text of the form `http://HOST:PORT`.
  ///
  /// - Throws: `ValidationError` where it has another form.
  static func parse(_ text: String) throws -> URL {
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil
    else { throw ValidationError("'\(text)' is not of the form http://HOST:PORT.") }
    return url
  }
}
