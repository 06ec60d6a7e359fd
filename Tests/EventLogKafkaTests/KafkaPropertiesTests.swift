import EventLog
import Logging
import Synchronization
import Testing

@testable import EventLogKafka

@Suite struct KafkaPropertiesTests {
  private static let roles: [KafkaProperties.Role] = [
    .inquiries, .producer, .consumer(group: "g"),
  ]

  @Test func aProducerLosesAndRepeatsNothing() throws {
    let properties = try Self.properties(.producer)
    #expect(properties["bootstrap.servers"] == "a:1,b:2")
    #expect(properties["enable.idempotence"] == "true" && properties["acks"] == "all")
    // No hole: nothing is given up while something after it is written.
    #expect(properties["message.timeout.ms"] == "0")
    #expect(properties["enable.gapless.guarantee"] == "true")
    #expect(properties["client.id"] == "me" && properties["group.id"] == nil)
  }

  /// The stores say from where; neither the broker nor the client may.
  @Test func aConsumerHasNoPositionOfItsOwn() throws {
    let properties = try Self.properties(.consumer(group: "books"))
    for (name, value) in [
      ("group.id", "books"), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
      ("auto.offset.reset", "error"), ("enable.partition.eof", "true"),
      ("isolation.level", "read_committed"), ("partition.assignment.strategy", "range"),
    ] { #expect(properties[name] == value, "\(name)") }
    #expect(properties["group.instance.id"] == nil)
  }

  @Test func anInstanceIsAStaticMember() throws {
    var settings = KafkaSettings(servers: "a:1")
    settings.instance = "discharge-1"
    #expect(
      try Self.properties(.consumer(group: "g"), settings)["group.instance.id"] == "discharge-1")
    #expect(try Self.properties(.producer, settings)["group.instance.id"] == nil)
  }

  @Test func noConnectionMakesTopicsByNamingThem() throws {
    for role in Self.roles {
      #expect(try Self.properties(role)["allow.auto.create.topics"] == "false")
    }
  }

  @Test func whatIsSetGoesBeforeOurChoice() throws {
    #expect(try Self.properties(.producer)["linger.ms"] == "2")
    #expect(try Self.properties(.producer, Self.settings("linger.ms", "50"))["linger.ms"] == "50")
    // Also what we choose nothing for, in whatever connection.
    for role in Self.roles {
      let properties = try Self.properties(role, Self.settings("security.protocol", "ssl"))
      #expect(properties["security.protocol"] == "ssl")
    }
  }

  @Test(arguments: [
    ("bootstrap.servers", "the servers are part of the log's address"),
    ("metadata.broker.list", "the servers are part of the log's address"),
    ("group.id", "each stage of a service has a group of its own"),
    ("group.instance.id", "it is the name of the instance"),
    ("transactional.id", "not in Kafka's transactions"),
  ])
  func whatIsSaidElsewhereIsRefusedWithTheReason(_ name: String, _ reason: String) {
    for role in Self.roles {
      let text = Self.refusal(role, Self.settings(name, "hush"))
      #expect(text.contains(name) && text.contains(reason), "\(text)")
      #expect(!text.contains("hush"))
    }
  }

  @Test(arguments: [
    ("acks", "all", "1"), ("request.required.acks", "all", "0"),
    ("enable.idempotence", "true", "false"), ("message.timeout.ms", "0", "300000"),
    ("delivery.timeout.ms", "0", "1"), ("enable.gapless.guarantee", "true", "false"),
    ("delivery.report.only.error", "false", "true"),
    ("enable.auto.commit", "false", "true"), ("auto.commit.enable", "false", "true"),
    ("enable.auto.offset.store", "false", "true"), ("auto.offset.reset", "error", "earliest"),
    ("enable.partition.eof", "true", "false"),
    ("isolation.level", "read_committed", "read_uncommitted"),
    ("allow.auto.create.topics", "false", "true"),
  ])
  func whatCorrectnessNeedsIsNotChanged(_ name: String, _ needed: String, _ other: String) throws {
    for role in Self.roles {
      let text = Self.refusal(role, Self.settings(name, other))
      #expect(text.contains("\(name) must be \(needed)") && text.contains("leave it out"))
      _ = try Self.properties(role, Self.settings(name, needed))
      _ = try Self.properties(role, Self.settings(name, needed.uppercased()))
    }
  }

  /// A client is made with what is needed, whatever the case in which somebody wrote it.
  @Test func librdkafkaTakesAllOfThem() async throws {
    var settings = KafkaSettings(servers: "127.0.0.1:1")
    settings.properties = ["enable.idempotence": "TRUE", "socket.timeout.ms": "1000"]
    for role in Self.roles {
      _ = try KafkaHandle(settings, role: role, client: "me", logger: Self.silent)
    }
  }

  // MARK: Secrets

  @Test(arguments: [
    "sasl.password", "sasl.oauthbearer.client.secret", "ssl.key.password", "ssl.key.pem",
    "ssl.keystore.password", "some.token", "a.secret",
  ])
  func whatMayBeSecretIsKnown(_ name: String) { #expect(KafkaProperties.isSecret(name)) }

  @Test func settingsShowNamesOnly() {
    let settings = Self.settings("sasl.password", "hush")
    var dumped = ""
    dump(settings, to: &dumped)
    for text in ["\(settings)", String(reflecting: settings), dumped, "\([settings])"] {
      #expect(!text.contains("hush"))
    }
    #expect("\(settings)" == "kafka://a:1,b:2 with sasl.password")
  }

  /// librdkafka quotes the value that it refuses.
  @Test func aRefusedSecretIsNotRepeated() {
    for name in [
      "ssl.endpoint.identification.algorithm", "sasl.oauthbearer.method", "no.such.password",
    ] {
      let error = #expect(throws: EventLogError.self) {
        try KafkaLog(settings: Self.settings(name, "hush"), logger: Self.silent)
      }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.contains(name) && !text.contains("hush"), "\(text)")
    }
  }

  @Test func aRefusedValueThatIsNoSecretIsNamed() {
    let error = #expect(throws: EventLogError.self) {
      try KafkaLog(settings: Self.settings("linger.ms", "-5"), logger: Self.silent)
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("linger.ms") && text.contains("value -5"), "\(text)")
  }

  /// Also where librdkafka is told to log all of its configuration.
  @Test func logsShowNoSecret() async throws {
    let lines = LogLines()
    var settings = Self.settings("sasl.password", "hush")
    settings.servers = "127.0.0.1:1"
    settings.properties["debug"] = "all"
    settings.properties["ssl.key.password"] = "hush"
    let log = try KafkaLog(settings: settings, logger: lines.logger)
    await log.close()
    #expect(lines.text.contains("sasl.password"))
    #expect(!lines.text.contains("hush"))
  }

  // MARK: -

  private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private static func settings(_ name: String, _ value: String) -> KafkaSettings {
    var settings = KafkaSettings(servers: "a:1,b:2")
    settings.properties = [name: value]
    return settings
  }

  private static func properties(
    _ role: KafkaProperties.Role, _ settings: KafkaSettings = KafkaSettings(servers: "a:1,b:2")
  ) throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try KafkaProperties.all(settings, role: role, client: "me")
        .map { ($0.name, $0.value) })
  }

  /// What is said of settings that are refused.
  private static func refusal(_ role: KafkaProperties.Role, _ settings: KafkaSettings) -> String {
    let error = #expect(throws: EventLogError.self) {
      try KafkaProperties.all(settings, role: role, client: "me")
    }
    return error.map { "\($0)" } ?? ""
  }
}
