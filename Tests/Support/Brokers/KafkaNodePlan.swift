import Foundation

/// How the nodes of a cluster are configured and started.
struct KafkaNodePlan: Sendable {
  let servers: String
  let clientProperties: [String: String]

  private let setup: KafkaCluster.Setup
  private let folder: URL
  private let ports: [UInt16]
  private let controllers: [UInt16]
  private let jars: URL

  private static let clusterID = "c2FsZG8tdGVzdC1jbHVzdA"

  init(_ setup: KafkaCluster.Setup, folder: URL) throws {
    self.setup = setup
    self.folder = folder
    jars = try KafkaHome.jars(older: setup.isOlder)
    var ports: [UInt16] = []
    while ports.count < 2 * setup.nodes {
      let port = try FreePort.find()
      if !ports.contains(port) { ports.append(port) }
    }
    self.ports = Array(ports.prefix(setup.nodes))
    controllers = Array(ports.suffix(setup.nodes))
    servers = self.ports.map { "127.0.0.1:\($0)" }.joined(separator: ",")
    clientProperties = setup.isSecure ? Self.login(KafkaCluster.administrator, folder) : [:]
    if setup.isSecure { try KafkaCertificates.make(in: folder.appending(path: "tls")) }
  }

  /// What a client that logs in needs.
  static func login(
    _ user: (name: String, password: String), _ folder: URL
  ) -> [String: String] {
    [
      "security.protocol": "sasl_ssl", "ssl.ca.location": folder.appending(path: "tls/ca.pem").path,
      "ssl.endpoint.identification.algorithm": "none", "sasl.mechanisms": "SCRAM-SHA-512",
      "sasl.username": user.name, "sasl.password": user.password,
    ]
  }

  /// The properties of the administrator's client, in Java's own form.
  var administration: String {
    var lines = ["bootstrap.servers=\(servers)"]
    if setup.isSecure {
      let (name, password) = KafkaCluster.administrator
      lines += [
        "security.protocol=SASL_SSL", "sasl.mechanism=SCRAM-SHA-512",
        "ssl.truststore.type=PEM",
        "ssl.truststore.location=\(folder.appending(path: "tls/ca.pem").path)",
        "ssl.endpoint.identification.algorithm=",
        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required "
          + "username=\"\(name)\" password=\"\(password)\";",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes a node's configuration, and makes its folder of data.
  func format(_ node: Int) throws {
    let place = folder.appending(path: "node\(node)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let file = place.appending(path: "server.properties")
    let lines = configuration(of: node).sorted { $0.key < $1.key }.map { "\($0)=\($1)\n" }
    try Data(lines.joined().utf8).write(to: file)
    var arguments = ["format", "-t", Self.clusterID, "-c", file.path]
    if setup.isSecure {
      for user in [KafkaCluster.administrator, KafkaCluster.user] {
        arguments += ["--add-scram", "SCRAM-SHA-512=[name=\(user.name),password=\(user.password)]"]
      }
    }
    try run("kafka.tools.StorageTool", arguments)
  }

  /// Starts a node.
  func launch(_ node: Int, older: Bool) throws -> BrokerRun {
    let place = folder.appending(path: "node\(node)")
    let command =
      ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", place.path + "/log.txt"]
      + Self.java(try KafkaHome.jars(older: older), heap: "512m") + ["kafka.Kafka"]
      + [place.path + "/server.properties"]
    return try BrokerRun(URL(filePath: "/bin/sh"), command, folder: folder, ready: nil)
  }

  /// Waits until a node takes connections.
  func waitUntilReachable(_ node: Int) throws {
    for _ in 0..<1_200 {
      if FreePort.answers(ports[node - 1]) { return }
      // Nothing tells when somebody begins to listen: it has to be tried.
      poll(nil, 0, 100)
    }
    let said =
      (try? String(contentsOf: folder.appending(path: "node\(node)/log.txt"), encoding: .utf8))
    throw BrokerError.notStarted("node \(node): \(said?.suffix(2_000) ?? "it says nothing")")
  }

  /// Runs one of Kafka's programs to its end; answers what it printed.
  @discardableResult
  func run(_ tool: String, _ arguments: [String]) throws -> String {
    let words = Self.java(jars, heap: "256m") + [tool] + arguments
    let process = Process()
    let output = Pipe.forOneProgram()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    var said = Data()
    while case let more = PipeBytes.next(output.fileHandleForReading), !more.isEmpty {
      said += more
    }
    process.waitUntilExit()
    let text = String(decoding: said, as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw BrokerError.notStarted("\(tool) \(arguments.joined(separator: " ")): \(text)")
    }
    return text
  }

  private static func java(_ jars: URL, heap: String) -> [String] {
    [
      "java", "-Xmx\(heap)", "-Xms\(heap)", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-Djava.net.preferIPv4Stack=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
      "-cp", jars.path + "/*",
    ]
  }

  private func configuration(of node: Int) -> [String: String] {
    let scheme = setup.isSecure ? "SASL_SSL" : "PLAINTEXT"
    let copies = min(3, setup.nodes)
    let voters = controllers.enumerated().map { "\($0 + 1)@127.0.0.1:\($1)" }
    let listener = "\(scheme)://127.0.0.1:\(ports[node - 1])"
    var configuration = [
      "node.id": "\(node)", "process.roles": "broker,controller",
      "controller.quorum.voters": voters.joined(separator: ","),
      "listeners": "\(listener),CONTROLLER://127.0.0.1:\(controllers[node - 1])",
      "advertised.listeners": listener, "inter.broker.listener.name": scheme,
      "controller.listener.names": "CONTROLLER",
      "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,\(scheme):\(scheme)",
      "log.dirs": folder.appending(path: "node\(node)/data").path,
      "auto.create.topics.enable": "false", "default.replication.factor": "\(copies)",
      "min.insync.replicas": "\(max(1, copies - 1))",
      "offsets.topic.replication.factor": "\(copies)", "offsets.topic.num.partitions": "4",
      "transaction.state.log.replication.factor": "\(copies)",
      "transaction.state.log.min.isr": "\(max(1, copies - 1))",
      "group.initial.rebalance.delay.ms": "0", "message.max.bytes": "10485760",
      "replica.fetch.max.bytes": "10485760",
    ]
    if setup.isSecure { configuration.merge(security) { $1 } }
    return configuration.merging(setup.settings) { $1 }
  }

  private var security: [String: String] {
    let tls = folder.appending(path: "tls").path
    let (name, password) = KafkaCluster.administrator
    var security = [
      "ssl.keystore.type": "PEM", "ssl.keystore.location": tls + "/server.pem",
      "ssl.truststore.type": "PEM", "ssl.truststore.location": tls + "/ca.pem",
      "ssl.endpoint.identification.algorithm": "",
      "sasl.enabled.mechanisms": "SCRAM-SHA-512",
      "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
      "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config":
        "org.apache.kafka.common.security.scram.ScramLoginModule required "
        + "username=\"\(name)\" password=\"\(password)\";",
    ]
    if setup.checksRights {
      security["authorizer.class.name"] =
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
      // Controllers speak among themselves without a login here.
      security["super.users"] = "User:\(name);User:ANONYMOUS"
    }
    return security
  }
}
