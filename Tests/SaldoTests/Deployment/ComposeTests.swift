import ArgumentParser
import Foundation
import SaldoComposition
import ServiceRuntime
import Testing
import YAMLDocument

@testable import SaldoCommands

/// What `compose.yaml` and the Dockerfile name is what the program has. No container engine runs
/// the tests, so each name, command, port and path is held to the program's own.
@Suite struct ComposeTests {
  private let file: ComposeFile
  private let image: Dockerfile

  init() throws {
    file = try ComposeFile()
    image = try Dockerfile(ComposeFile.root.appending(path: "Services/Dockerfile"))
  }

  /// A container of a service and the command that the program makes of what it is told.
  private func commands() throws -> [(
    container: ComposeFile.Container, command: any ServiceCommand
  )] {
    try file.programs.compactMap { container in
      let parsed = try SaldoCommand.parseAsRoot(container.command)
      return (parsed as? any ServiceCommand).map { (container, $0) }
    }
  }

  @Test func everyCommandIsOneThatTheProgramTakes() throws {
    for container in file.programs {
      #expect(throws: Never.self, "\(container.name)") {
        _ = try SaldoCommand.parseAsRoot(container.command)
      }
    }
    #expect(file.programs.count + file.brokers.count == file.containers.count)
  }

  @Test func everyServiceRunsTwiceUnderNamesOfItsOwn() throws {
    let commands = try commands()
    let services = commands.map { type(of: $0.command).service }
    for service in ServiceName.allCases {
      #expect(services.filter { $0 == service }.count == 2, "\(service)")
    }
    for (container, command) in commands {
      #expect(command.options.system.instance == container.name)
      #expect(container.name.hasPrefix(type(of: command).service.rawValue + "-"))
    }
    #expect(Set(commands.map(\.container.name)).count == commands.count)
  }

  @Test func storesAreAnInstancesOwnAndSnapshotsEverybodys() throws {
    let commands = try commands()
    let stores = commands.map { $0.container.volumes[$0.command.options.data] }
    #expect(!stores.contains(nil) && Set(stores).count == commands.count)
    #expect(stores == commands.map(\.container.name))
    let snapshots = try commands.map { container, _ in
      container.volumes[try #require(container.option("--snapshots"))]
    }
    #expect(Set(snapshots) == ["snapshots"])
    let made = Set(file.document.root["volumes"].members.keys)
    #expect(made == Set(file.containers.flatMap(\.volumes.values)))
    for (container, _) in commands {
      #expect(container.volumes.count == 2)
      #expect(Set(image.arguments("VOLUME", of: 2).flatMap(\.list)) == Set(container.volumes.keys))
    }
  }

  @Test func portsAreTheOneThatTheProgramListensOn() throws {
    let exposed = image.arguments("EXPOSE", of: 2).map(\.arguments)
    for (container, command) in try commands() {
      let port = "\(command.options.listener.port)"
      #expect(exposed == [port] && container.ports == [port])
      // Others than the container itself reach it.
      #expect(command.options.listener.host == "0.0.0.0")
      let test = container.value["healthcheck"]["test"].texts
      #expect(test.last?.contains("/dev/tcp/127.0.0.1/\(port);") == true)
      // To the machine alone: it is in the clear.
      #expect(container.value["ports"].texts.allSatisfy { $0.hasPrefix("127.0.0.1:") })
    }
  }

  /// Beyond loopback, what takes facts is refused in the clear without a proxy that it trusts.
  @Test func whatTheContainersTrustIsTheirOwnNetwork() throws {
    let network = file.document.root["networks"]["default"]["ipam"]["config"].elements
    let subnet = try #require(network.first?["subnet"].text)
    for (container, command) in try commands() {
      let listener = command.options.listener
      let takesFacts = type(of: command).service == .ingest
      #expect(throws: Never.self) { try Listening(listener, showsBooks: takesFacts) }
      #expect(listener.trustedProxy.map(\.description) == (takesFacts ? [subnet] : []))
      // By its name the others ask it for its figures.
      let url = "http://\(container.name):\(listener.port)"
      #expect(listener.publicUrl.map(\.description) == [url])
    }
  }

  @Test func everybodyTalksToTheThreeBrokers() throws {
    let listeners = file.brokers.compactMap { $0.environment("KAFKA_ADVERTISED_LISTENERS") }
    let servers = listeners.map { String($0.dropFirst("PLAINTEXT://".count)) }
    #expect(servers == ["kafka-1:9092", "kafka-2:9092", "kafka-3:9092"])
    #expect(servers.map { $0.prefix { $0 != ":" } } == file.brokers.map { Substring($0.name) })
    for (_, command) in try commands() {
      #expect(
        try command.options.system.eventLog.address
          == .kafka(servers: servers.joined(separator: ",")))
    }
  }

  @Test func theBrokersAreOneCluster() throws {
    let ids = file.brokers.compactMap { $0.environment("KAFKA_NODE_ID") }
    let voters = zip(ids, file.brokers).map { "\($0)@\($1.name):9093" }.joined(separator: ",")
    #expect(Set(ids) == ["1", "2", "3"])
    for broker in file.brokers {
      #expect(broker.environment("KAFKA_CONTROLLER_QUORUM_VOTERS") == voters)
      #expect(broker.environment("KAFKA_PROCESS_ROLES") == "broker,controller")
      #expect(broker.volumes[try #require(broker.environment("KAFKA_LOG_DIRS"))] == broker.name)
      #expect(broker.environment("KAFKA_AUTO_CREATE_TOPICS_ENABLE") == "false")
      #expect(broker.environment("KAFKA_DEFAULT_REPLICATION_FACTOR") == "\(file.brokers.count)")
      #expect(broker.environment("KAFKA_MIN_INSYNC_REPLICAS") == "2")
    }
    let clusters = Set(file.brokers.compactMap { $0.environment("CLUSTER_ID") })
    let id = try #require(clusters.first)
    let plain = id.replacing("-", with: "+").replacing("_", with: "/") + "=="
    #expect(clusters.count == 1 && Data(base64Encoded: plain)?.count == 16)
  }

  @Test func theTopicsAreMadeBeforeTheServicesStart() throws {
    let topics = try #require(file.programs.first { $0.name == "topics" })
    let parsed = try SaldoCommand.parseAsRoot(topics.command)
    let create = try #require(parsed as? TopicsCommand.Create)
    #expect(create.options.partitions == LocalSystem.defaultPartitions)
    #expect(create.options.replication == Int32(file.brokers.count))
    #expect(Set(topics.value["depends_on"].members.keys) == Set(file.brokers.map(\.name)))
    for (container, command) in try commands() {
      #expect(
        container.value["depends_on"]["topics"]["condition"].text
          == "service_completed_successfully")
      #expect(try command.options.system.eventLog.address == create.options.eventLog.address)
    }
  }

  @Test func containersHaveNoMoreRightsThanTheyNeed() {
    for container in file.containers {
      let user = file.brokers.contains { $0.name == container.name } ? "appuser" : "saldo"
      #expect(container.value["user"].text == user, "\(container.name)")
      #expect(container.value["cap_drop"].texts == ["ALL"])
      #expect(container.value["security_opt"].texts == ["no-new-privileges:true"])
      let image = container.value["image"].text ?? ""
      #expect(image == "saldo" || image.contains(/:[0-9]+\.[0-9]+\.[0-9]+$/))
      let check = container.value["healthcheck"]
      #expect(check["disable"] == .flag(true) || !check["test"].elements.isEmpty)
    }
    for container in file.programs { #expect(container.value["read_only"] == .flag(true)) }
  }

  /// The check as it stands in the file, but for the port, against the real program.
  @Test func theHealthCheckAsksTheRealProgram() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, [])
      try await system.waitUntilReady()
      let port = try #require(system.url.split(separator: ":").last)
      for container in file.programs where container.name != "topics" {
        let test = container.value["healthcheck"]["test"].texts
        #expect(test.dropLast() == ["CMD", "bash", "-c"])
        let real = test.last?.replacing("/127.0.0.1/8080;", with: "/127.0.0.1/\(port);") ?? ""
        #expect(try Shell.run(real) == 0, "\(container.name)")
        #expect(try Shell.run(real.replacing("/health/ready", with: "/health/other")) != 0)
      }
      #expect(await system.stop(SIGTERM).code == 0)
      #expect(try Shell.run("exec 3<>/dev/tcp/127.0.0.1/\(port)") != 0)
    }
  }
}

/// Runs a line of bash to its end.
private enum Shell {
  static func run(_ line: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
