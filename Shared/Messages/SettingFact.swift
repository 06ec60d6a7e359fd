/// A setting that what stages send depends on, on `saldo.settings`: the first of a name counts.
public struct SettingFact: Sendable, Equatable, Codable {
  /// Which: the name of its option without the dashes, which is the record's key.
  public var name: String
  /// What it is, as the option says it.
  public var value: String

  /// A setting and its value.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension SettingFact: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"name":"#, name)
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    name = try members.value("name")
    value = try members.value("value")
  }
}
