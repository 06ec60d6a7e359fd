import ArgumentParser
import HTTPServer

/// Where running services listen: a site, and a path where a proxy has them beneath one.
struct ServiceAddress: Sendable, CustomStringConvertible {
  let site: Site
  /// Without a slash at its end; empty for none.
  let path: String

  /// The address of a text of the form `http://HOST:PORT`.
  ///
  /// - Throws: `ValidationError` where it has another form.
  static func parse(_ text: String) throws -> ServiceAddress {
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    let slash = text[start...].firstIndex(of: "/") ?? text.endIndex
    guard let site = Site(String(text[..<slash])),
      text[slash...].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 })
    else { throw ValidationError("'\(text)' is not of the form http://HOST:PORT.") }
    let path = text[slash...]
    return ServiceAddress(
      site: site, path: String(path.hasSuffix("/") ? path.dropLast() : path))
  }

  var description: String { site.description + path }

  /// A client of the services.
  ///
  /// - Throws: `ArgumentError` where a token would go over the network for others to read.
  func client(_ token: String?) throws -> HTTPClient {
    guard token == nil || site.isSecure || ListenAddress.isLoopback(site.host) else {
      throw ArgumentError(
        "\(self)", "a token is not sent in the clear: give an address with https://")
    }
    return HTTPClient(site, token: token)
  }
}

/// The token to send facts with.
struct TokenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file with the token to send, if the services require one. It takes precedence over the "
        + "variable SALDO_TOKEN.", valueName: "file"))
  var tokenFile: String?
}
