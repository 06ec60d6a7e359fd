import Ledger

extension SubmanufactureRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"date":"#, date)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","item":"#, Int64(item))
    bytes.append(json: #","kind":"#, kind.rawValue)
    bytes.append(json: #","noticeFolio":"#, noticeFolio)
    bytes.append(json: #","ofDocument":"#, ofDocument)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","rfc":"#, rfc)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.submanufacture.v1""#)
    bytes.append(json: #","submanufacturer":"#, submanufacturer)
    bytes.append(json: #","version":"#, version)
    bytes.append(json: #","withdrawn":"#, withdrawn)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    date = try members.value("date")
    document = try members.value("document")
    item = try members.value("item")
    kind = try members.value("kind")
    noticeFolio = try members.value("noticeFolio")
    ofDocument = try members.optional("ofDocument")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    received = try members.value("received")
    rfc = try members.value("rfc")
    row = try members.value("row")
    schema = try members.value("schema")
    submanufacturer = try members.value("submanufacturer")
    version = try members.value("version")
    withdrawn = try members.value("withdrawn")
  }
}
