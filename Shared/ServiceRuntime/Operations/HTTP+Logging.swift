import HTTPServer
import Logging

extension Server.Configuration {
  /// A server as the processes have it: it logs what goes wrong, and at level debug every request.
  public init(host: String, port: Int, logger: Logger) {
    self.init(host: host, port: port)
    serverName = "saldo"
    onFault = { logger.error("A connection or a response failed", metadata: ["error": "\($0)"]) }
    onAnswer = { record in
      logger.debug(
        "Answered",
        metadata: [
          "method": "\(record.method)", "path": "\(record.path)",
          "remote": "\(record.remoteAddress)",
          "sent": "\(record.sent)", "status": "\(record.status.code)", "time": "\(record.time)",
        ])
    }
  }
}

extension Router {
  /// A router that logs the faults of its handlers.
  public init(logger: Logger) {
    self.init()
    onFault = { request, error in
      logger.error(
        "A request could not be answered",
        metadata: [
          "error": "\(error)", "method": "\(request.method)", "path": "\(request.path)",
        ])
    }
  }
}
