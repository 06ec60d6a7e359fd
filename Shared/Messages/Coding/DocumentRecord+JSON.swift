import Ledger

extension DocumentRecord: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let clave {
      bytes.append(json: #""clave":"#, clave)
      bytes.append(UInt8(ascii: ","))
    }
    if let date {
      bytes.append(json: #""date":"#, date)
      bytes.append(UInt8(ascii: ","))
    }
    if let details {
      bytes.append(json: #""details":"#)
      details.write(to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""document":"#, document)
    bytes.append(json: #","kind":"#, kind.rawValue)
    bytes.append(json: #","lines":["#)
    bytes.append(jsonList: lines) { $0.write(to: &$1) }
    bytes.append(UInt8(ascii: "]"))
    if let moves {
      bytes.append(json: #","moves":["#)
      bytes.append(jsonList: moves) { $0.write(to: &$1) }
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(json: #","notice":"#, notice)
    bytes.append(json: #","operation":"#, operation?.rawValue)
    bytes.append(json: #","page":"#, page.map(Int64.init))
    bytes.append(json: #","pages":"#, pages.map(Int64.init))
    bytes.append(json: #","pending":["#)
    bytes.append(jsonList: pending) { $0.write(to: &$1) }
    bytes.append(json: #"],"received":"#, received)
    bytes.append(json: #","revision":"#, revision)
    bytes.append(json: #","rfc":"#, rfc)
    bytes.append(json: #","state":"#, state.rawValue)
    if let submanufacture {
      bytes.append(json: #","submanufacture":["#)
      bytes.append(jsonList: submanufacture) { $0.write(to: &$1) }
      bytes.append(UInt8(ascii: "]"))
    }
    if let withdrawal {
      bytes.append(json: #","withdrawal":"#)
      withdrawal.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    clave = try members.optional("clave")
    date = try members.optional("date")
    details = try members.optional("details")
    document = try members.value("document")
    kind = try members.value("kind")
    lines = try members.value("lines")
    moves = try members.optional("moves")
    notice = try members.optional("notice")
    operation = try members.optional("operation")
    page = try members.optional("page")
    pages = try members.optional("pages")
    pending = try members.value("pending")
    received = try members.value("received")
    revision = try members.value("revision")
    rfc = try members.value("rfc")
    state = try members.value("state")
    submanufacture = try members.optional("submanufacture")
    withdrawal = try members.optional("withdrawal")
  }
}

extension RecordLine: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let details {
      bytes.append(json: #""details":"#)
      details.write(to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if let dueOn {
      bytes.append(json: #""dueOn":"#, dueOn)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""line":"#, Int64(line))
    bytes.append(json: #","nico":"#, nico)
    bytes.append(json: #","originCountry":"#, originCountry)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","tariffItem":"#, tariffItem)
    if let uom { bytes.append(json: #","uom":"#, Int64(uom.code)) }
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    details = try members.optional("details")
    dueOn = try members.optional("dueOn")
    line = try members.value("line")
    nico = try members.value("nico")
    originCountry = try members.value("originCountry")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    tariffItem = try members.value("tariffItem")
    uom = try members.optional("uom")
    value = try members.value("value")
  }
}

extension PendingFact: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"code":"#, code)
    bytes.append(json: #","detail":"#, detail)
    bytes.append(json: #","file":"#, file)
    bytes.append(json: #","id":"#, id)
    if let line { bytes.append(json: #","line":"#, line) }
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","rejected":"#, rejected)
    bytes.append(json: #","source":"#, source)
    bytes.append(json: #","type":"#, type)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    code = try members.value("code")
    detail = try members.value("detail")
    file = try members.optional("file")
    id = try members.value("id")
    line = try members.optional("line")
    plant = try members.optional("plant")
    received = try members.value("received")
    rejected = try members.value("rejected")
    source = try members.value("source")
    type = try members.value("type")
  }
}
