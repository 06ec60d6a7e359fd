import Ledger

extension ExitRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    // The first members may be missing, so the comma is behind each and not before it.
    bytes.append(UInt8(ascii: "{"))
    if let clave {
      bytes.append(json: #""clave":"#, clave)
      bytes.append(UInt8(ascii: ","))
    }
    if let date {
      bytes.append(json: #""date":"#, date)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""document":"#, document)
    bytes.append(json: #","item":"#, Int64(item))
    bytes.append(json: #","kind":"#, kind.rawValue)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","nico":"#, nico)
    bytes.append(json: #","operation":"#, operation?.rawValue)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","rfc":"#, rfc)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.exit.v1""#)
    bytes.append(json: #","tariffItem":"#, tariffItem)
    if let uom { bytes.append(json: #","uom":"#, Int64(uom.code)) }
    bytes.append(json: #","value":"#, value)
    bytes.append(json: #","version":"#, version)
    bytes.append(json: #","withdrawn":"#, withdrawn)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    clave = try members.optional("clave")
    date = try members.optional("date")
    document = try members.value("document")
    item = try members.value("item")
    kind = try members.value("kind")
    line = try members.value("line")
    nico = try members.value("nico")
    operation = try members.optional("operation")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    received = try members.value("received")
    rfc = try members.value("rfc")
    row = try members.value("row")
    schema = try members.value("schema")
    tariffItem = try members.value("tariffItem")
    uom = try members.optional("uom")
    value = try members.value("value")
    version = try members.value("version")
    withdrawn = try members.value("withdrawn")
  }
}
