extension RejectedEvent: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"code":"#, code.rawValue)
    bytes.append(json: #","event":"#, event)
    bytes.append(json: #","field":"#, field)
    bytes.append(json: #","file":"#, file)
    bytes.append(json: #","id":"#, id)
    if let line { bytes.append(json: #","line":"#, line) }
    bytes.append(json: #","provisional":"#, provisional)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","source":"#, source)
    bytes.append(json: #","type":"#, type)
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    code = try members.value("code")
    event = try members.value("event")
    field = try members.value("field")
    file = try members.optional("file")
    id = try members.value("id")
    line = try members.optional("line")
    provisional = try members.value("provisional")
    received = try members.value("received")
    source = try members.value("source")
    type = try members.value("type")
    value = try members.value("value")
  }
}
