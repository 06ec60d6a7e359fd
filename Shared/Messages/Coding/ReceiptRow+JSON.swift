import Ledger

extension ReceiptRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","latest":"#, latest)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.receipt.v1""#)
    bytes.append(json: #","uom":"#, Int64(uom.code))
    bytes.append(json: #","version":"#, version)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    latest = try members.value("latest")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    received = try members.value("received")
    row = try members.value("row")
    schema = try members.value("schema")
    uom = try members.value("uom")
    version = try members.value("version")
  }
}
