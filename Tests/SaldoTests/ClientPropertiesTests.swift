import Foundation
import ServiceRuntime
import Testing

@Suite struct ClientPropertiesTests {
  /// Who has a Kafka for the tests at hand can still run the program.
  @Test func theFolderOfTheTestsKafkaIsNoProperty() throws {
    let properties = try ClientProperties(
      file: nil, environment: ["SALDO_KAFKA_HOME": "/opt/kafka", "SALDO_KAFKA_LINGER_MS": "7"],
      options: [])
    #expect(properties.values == ["linger.ms": "7"])
  }

  @Test func theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() async throws {
    try await Workplace.with { place in
      let file = try place.write(
        """
        # Who we are
        client.id = file

          linger.ms=file
        batch.size=file\r
        sasl.password = a = b # no comment

        """, to: "client.properties")
      let properties = try ClientProperties(
        file: file,
        environment: [
          "SALDO_KAFKA_LINGER_MS": "environment", "SALDO_KAFKA_BATCH_SIZE": "environment",
          "SALDO_KAFKA_CLIENT_ID": "", "KAFKA_LINGER_MS": "nobody's", "PATH": "/bin",
        ], options: ["batch.size=option", "ssl.key.password=", "debug=a=b"])
      #expect(
        properties.values == [
          "client.id": "file", "linger.ms": "environment", "batch.size": "option",
          "sasl.password": "a = b # no comment", "ssl.key.password": "", "debug": "a=b",
        ])
      #expect(properties.origin(of: "client.id") == "\(file) line 2: client.id")
      #expect(properties.origin(of: "linger.ms") == "SALDO_KAFKA_LINGER_MS")
      #expect(properties.origin(of: "batch.size") == "--kafka batch.size")
      #expect(properties.origin(of: "acks") == nil)
      #expect(
        properties.origin(namedIn: "No such configuration property: \"batch.size\"")
          == "--kafka batch.size")
    }
  }

  @Test func noTextShowsAValue() throws {
    let properties = try ClientProperties(
      file: nil, environment: ["SALDO_KAFKA_SASL_PASSWORD": "hush"],
      options: ["ssl.key.password=hush"])
    var dumped = ""
    dump(properties, to: &dumped)
    for text in ["\(properties)", String(reflecting: properties), dumped] {
      #expect(!text.contains("hush"), "\(text)")
      #expect(text.contains("sasl.password") && text.contains("ssl.key.password"))
    }
  }

  struct Case: Sendable {
    var options: [String] = []
    var environment: [String: String] = [:]
    var file: String?
    /// What the complaint must name.
    var names: [String]
  }

  static let refused: [Case] = [
    Case(options: ["a=1", "hush"], names: ["--kafka (number 2 of 2)", "NAME=VALUE"]),
    Case(options: ["=hush"], names: ["--kafka"]),
    Case(options: ["sasl password=hush"], names: ["--kafka"]),
    Case(options: ["linger.ms=1", "linger.ms=hush"], names: ["--kafka linger.ms", "twice"]),
    Case(options: ["bootstrap.servers=hush"], names: ["--kafka bootstrap.servers", "--log"]),
    Case(
      environment: ["SALDO_KAFKA_GROUP_INSTANCE_ID": "hush"],
      names: ["SALDO_KAFKA_GROUP_INSTANCE_ID", "--instance"]),
    Case(file: "a=1\n\nhush\n", names: ["client.properties line 3", "NAME=VALUE"]),
    Case(file: "a=1\na=hush\n", names: ["client.properties line 2: a", "twice"]),
    Case(
      file: "metadata.broker.list=hush",
      names: ["client.properties line 1: metadata.broker.list", "--log"]),
  ]

  @Test(arguments: refused)
  func whatCannotBeUsedIsNamedWithoutItsValue(_ refused: Case) async throws {
    try await Workplace.with { place in
      let file = try refused.file.map { try place.write($0, to: "client.properties") }
      let error = #expect(throws: ConfigurationError.self) {
        try ClientProperties(
          file: file, environment: refused.environment, options: refused.options)
      }
      let text = error.map { "\($0)" } ?? ""
      for name in refused.names { #expect(text.contains(name), "\(text)") }
      #expect(!text.contains("hush"), "\(text)")
    }
  }

  @Test func aFileThatIsNotThere() {
    let error = #expect(throws: ConfigurationError.self) {
      try ClientProperties(file: "/nowhere/client.properties", environment: [:], options: [])
    }
    #expect(error?.setting == "--kafka-file /nowhere/client.properties")
  }
}
