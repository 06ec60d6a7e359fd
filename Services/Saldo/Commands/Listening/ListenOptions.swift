import ArgumentParser
import HTTPServer

/// Where a process listens for HTTP, and to whom.
struct ListenOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "number"))
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "Where it is reached besides, such as through a proxy; may be given several times. Requests "
        + "for other hosts are refused, and so are those of other pages in a browser.",
      valueName: "url"))
  var publicUrl: [Site] = []

  @Option(
    help: ArgumentHelp(
      "An address, or a range such as 10.0.0.0/8, of proxies in front, which say who asked in "
        + "X-Forwarded-For, -Proto and -Host; may be given several times.", valueName: "address"))
  var trustedProxy: [AddressRange] = []

  @Option(
    help: ArgumentHelp(
      "The certificate to serve TLS with, and its chain, in PEM.", valueName: "file")
  )
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's private key, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "A port of their own for /health and /metrics, on the same address and in the clear; 0 takes "
        + "a free one. (default: they are beside everything else)", valueName: "number"))
  var operationsPort: Int?

  func validate() throws {
    for (name, port) in [("--port", port), ("--operations-port", operationsPort ?? 0)] {
      guard (0...65_535).contains(port) else {
        throw ValidationError("\(name) must be 0 to 65535.")
      }
    }
    if port != 0, port == operationsPort {
      throw ValidationError("--operations-port must be another than --port.")
    }
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate and --tls-key go together.")
    }
  }
}

/// Who may send facts.
struct ProducerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of the producers that may send facts, each with its token and what it may send: a "
        + "line 'NAME TOKEN rfc=RFC,... plants=PLANT,... source=SOURCE,...' for each, with * for "
        + "all. (default: everybody who can connect may)", valueName: "file"))
  var tokenFile: String?
}

extension Site: ExpressibleByArgument {
  /// The site of an address.
  public init?(argument: String) { self.init(argument) }
}

extension AddressRange: ExpressibleByArgument {
  /// The range of a text.
  public init?(argument: String) { self.init(argument) }
}
