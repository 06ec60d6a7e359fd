import EventLog

/// Names of topics become names of folders, so they are held to Kafka's alphabet and may not lead
/// out of the log's directory or onto its own files.
enum TopicName {
  static let longest = 249

  static func check(_ name: String) throws(EventLogError) {
    let isAllowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isAllowed, (1...longest).contains(name.utf8.count), name != ".", name != "..",
      !name.hasPrefix(Manifest.fileName)
    else {
      throw .failed(
        "\"\(name)\" cannot name a topic: use 1 to \(longest) letters, digits, dots, dashes and "
          + "underscores")
    }
  }
}
