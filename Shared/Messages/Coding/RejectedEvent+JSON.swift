extension RejectedEvent: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"code":"#, code.rawValue)
    if let cut {
      bytes.append(json: #","cut":{"bytes":"#, cut.bytes)
      bytes.append(json: #","hash":"#, cut.hash)
      bytes.append(json: #","offset":"#, cut.offset)
      bytes.append(json: #","partition":"#, Int64(cut.partition))
      bytes.append(json: #","topic":"#, cut.topic)
      bytes.append(UInt8(ascii: "}"))
    }
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
    cut = try members.optional("cut")
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

extension CutEvent: MemberReadable {
  init(_ members: inout MemberReader) throws(MessageError) {
    bytes = try members.value("bytes")
    hash = try members.value("hash")
    offset = try members.value("offset")
    let number: Int64 = try members.value("partition")
    guard let partition = Int32(exactly: number) else {
      throw MessageError(field: "partition", what: "is no partition")
    }
    self.partition = partition
    topic = try members.value("topic")
  }
}
