import ArgumentParser
import HTTPServer

/// Where a process listens for HTTP, and to whom.
struct ListenOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen on; 0 for any free port.", valueName: "number"))
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "A further address of the service, such as that of a proxy; may be given several times. "
        + "Requests for other hosts are refused, and so are requests from pages of other origins.",
      valueName: "url"))
  var publicUrl: [Site] = []

  @Option(
    help: ArgumentHelp(
      "An address of a proxy, or a range such as 10.0.0.0/8, whose X-Forwarded-For, -Proto and "
        + "-Host headers are trusted; may be given several times.", valueName: "address"))
  var trustedProxy: [AddressRange] = []

  @Option(
    help: ArgumentHelp(
      "The certificate for TLS with its chain, in PEM.", valueName: "file")
  )
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's private key, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "A separate port for /health and /metrics, on the same address and without TLS; 0 for any "
        + "free port. (default: the same port as everything else)", valueName: "number"))
  var operationsPort: Int?

  func validate() throws {
    for (name, port) in [("--port", port), ("--operations-port", operationsPort ?? 0)] {
      guard (0...65_535).contains(port) else {
        throw ValidationError("\(name) must be 0 to 65535.")
      }
    }
    if port != 0, port == operationsPort {
      throw ValidationError("--operations-port must differ from --port.")
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
      "A file of the producers that may send facts. Each line is a producer with its token and "
        + "what it may send: 'NAME TOKEN rfc=RFC,... plants=PLANT,... source=SOURCE,...', with * "
        + "for all. (default: anyone who can connect may send)", valueName: "file"))
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
