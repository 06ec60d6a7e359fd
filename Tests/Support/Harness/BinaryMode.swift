import EventLog
import Messages

extension Record {
  /// A structured CloudEvent as a producer sends it in Kafka's binary mode: attributes as headers,
  /// the data as it stands in the event as the value.
  public init(binaryMode event: [UInt8], key: [UInt8] = [], timestamp: Int64) throws {
    var headers = [Header(name: "content-type", value: Array("application/json".utf8))]
    var data: [UInt8]?
    var tape = JSONTape()
    try event.withUnsafeBytes { text in
      try tape.read(text) { root in
        root.forEachMember { name, value in
          switch name.string ?? "" {
          case "data": data = Array(value.source)
          case "datacontenttype": break
          case let attribute:
            let text = value.string.map { Array($0.utf8) } ?? Array(value.source)
            headers.append(Header(name: "ce_" + attribute, value: text))
          }
        }
      }
    }
    self.init(key: key, value: data, headers: headers, timestamp: timestamp)
  }
}
