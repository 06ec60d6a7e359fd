import ServiceRuntime
import Testing

@Suite struct LogAddressTests {
  @Test func withoutOneTheLogIsInTheDataFolder() throws {
    #expect(try LogAddress(nil) == .embedded)
  }

  @Test(arguments: [
    "127.0.0.1:9092", "broker:1", "a.example:9092,b-2.example:65535", "[::1]:9092",
    "my_broker:9092",
  ])
  func brokersOfACluster(_ servers: String) throws {
    let address = try LogAddress("kafka://\(servers)")
    #expect(address == .kafka(servers: servers))
    #expect("\(address)" == "kafka://\(servers)")
  }

  @Test(arguments: [
    "", "broker:9092", "http://broker:9092", "kafka://", "kafka://broker", "kafka://:9092",
    "kafka://broker:0", "kafka://broker:65536", "kafka://broker:9092,", "kafka://a:1,,b:2",
    "kafka://user:secret@broker:9092", "kafka://broker:9092/topic", "kafka://bro ker:9092",
    "kafka://[]:9092", "kafka://[x]:9092", "KAFKA://broker:9092",
  ])
  func anythingElseIsRefusedAndNotRepeated(_ text: String) {
    let error = #expect(throws: ConfigurationError.self) { try LogAddress(text) }
    #expect(error?.setting == "--log")
    #expect(error.map { !"\($0)".contains("secret") } ?? false)
  }
}
