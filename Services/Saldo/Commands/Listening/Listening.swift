import ArgumentParser
import HTTPServer
import IngestService
import Logging
import ServiceRuntime

/// Where a process listens and on what terms, looked at before anything else is done.
struct Listening: Sendable {
  let options: ListenOptions
  /// Who may send facts; nil for everybody.
  let bearer: Bearer?
  private let tls: TLSFiles?

  /// How long requests in hand may take once the process is to end.
  private static let drainTime = Duration.seconds(10)

  /// Looks at the options.
  ///
  /// - Parameter showsBooks: whether it takes facts, or shows the books; else only how the process
  ///   is.
  /// - Throws: `ArgumentError` where a file cannot be used, or others could read along.
  init(_ options: ListenOptions, _ producers: ProducerOptions = .init(), showsBooks: Bool) throws {
    self.options = options
    if let certificate = options.tlsCertificate, let key = options.tlsKey {
      let files = TLSFiles(certificates: certificate, key: key)
      do { try files.check() } catch {
        throw ArgumentError("--tls-certificate, --tls-key", "\(error)")
      }
      tls = files
    } else {
      tls = nil
    }
    if let path = producers.tokenFile {
      do {
        bearer = Bearer(try ProducerFile(path: path))
      } catch {
        throw ArgumentError(path, "\(error)")
      }
    } else {
      bearer = nil
    }
    guard
      !showsBooks || tls != nil || !options.trustedProxy.isEmpty
        || ListenAddress.isLoopback(options.host)
    else {
      throw ArgumentError(
        "--host \(options.host)",
        "others on the network could read the books and write into them: give --tls-certificate "
          + "FILE and --tls-key FILE, or --trusted-proxy ADDRESS of a proxy that has TLS, or "
          + "listen on 127.0.0.1")
    }
  }

  /// A server of these terms.
  ///
  /// - Parameters:
  ///   - port: another port than the options name.
  ///   - clients: how many connections there may be.
  ///   - addRoutes: adds what it answers.
  func server(
    port: Int? = nil, clients: Int, logger: Logger, _ addRoutes: (inout Router) -> Void
  ) -> Server {
    var rules = self.rules
    rules.isForProxies = tls == nil && !ListenAddress.isLoopback(options.host)
    var configuration = configuration(port: port ?? options.port, clients: clients, logger)
    configuration.tls = tls
    return Server(configuration, router: router(rules, logger, addRoutes))
  }

  /// A server of nothing but how the process is, on the port for that; nil where there is none.
  func operationsServer(_ operations: Operations, clients: Int, logger: Logger) -> Server? {
    guard let port = options.operationsPort else { return nil }
    return Server(
      configuration(port: port, clients: clients, logger),
      router: router(rules, logger) { operations.addRoutes(to: &$0) })
  }

  private var rules: SiteRules {
    var rules = SiteRules(host: options.host, sites: options.publicUrl)
    rules.proxies = options.trustedProxy
    return rules
  }

  private func router(
    _ rules: SiteRules, _ logger: Logger, _ addRoutes: (inout Router) -> Void
  ) -> Router {
    var router = Router(logger: logger)
    router.use(rules.middleware)
    addRoutes(&router)
    return router
  }

  private func configuration(
    port: Int, clients: Int, _ logger: Logger
  ) -> Server.Configuration {
    var configuration = Server.Configuration(host: options.host, port: port, logger: logger)
    configuration.proxies = options.trustedProxy
    configuration.limits.drainTime = Self.drainTime
    configuration.limits.connections = min(configuration.limits.connections, max(1, clients))
    return configuration
  }

  /// An address as people write it.
  static func text(_ host: String, _ port: Int) -> String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
