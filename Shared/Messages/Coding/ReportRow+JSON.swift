import Ledger

extension RowSchema: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    let found = try String(json: node)
    guard found == Row.schemaName else {
      throw MessageError(field: "", what: "\"\(found)\" is not \(Row.schemaName)")
    }
  }
}

extension PostingRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"causeDocument":"#, causeDocument)
    bytes.append(json: #","causeLine":"#, Int64(causeLine))
    bytes.append(json: #","causeRevision":"#, causeRevision)
    bytes.append(json: #","causeWithdrawal":"#, causeWithdrawal)
    bytes.append(json: #","clave":"#, clave)
    bytes.append(json: #","date":"#, date)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","dueOn":"#, dueOn)
    bytes.append(json: #","enteredOn":"#, enteredOn)
    bytes.append(json: #","entryLine":"#, Int64(entryLine))
    bytes.append(json: #","incorporated":"#, incorporated)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","product":"#, product)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","reverses":"#, reverses)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.posting.v1""#)
    bytes.append(json: #","scrap":"#, scrap)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(json: #","value":"#, value)
    bytes.append(json: #","version":"#, version)
    bytes.append(json: #","waste":"#, waste)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    causeDocument = try members.value("causeDocument")
    causeLine = try members.value("causeLine")
    causeRevision = try members.value("causeRevision")
    causeWithdrawal = try members.optional("causeWithdrawal")
    clave = try members.value("clave")
    date = try members.value("date")
    document = try members.value("document")
    dueOn = try members.optional("dueOn")
    enteredOn = try members.value("enteredOn")
    entryLine = try members.value("entryLine")
    incorporated = try members.value("incorporated")
    line = try members.value("line")
    part = try members.value("part")
    pedimento = try members.value("pedimento")
    plant = try members.value("plant")
    product = try members.optional("product")
    received = try members.value("received")
    reverses = try members.optional("reverses")
    row = try members.value("row")
    schema = try members.value("schema")
    scrap = try members.value("scrap")
    toPlant = try members.optional("toPlant")
    value = try members.value("value")
    version = try members.value("version")
    waste = try members.value("waste")
  }
}

extension ShortageRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"causeDocument":"#, causeDocument)
    bytes.append(json: #","causeLine":"#, Int64(causeLine))
    bytes.append(json: #","causeRevision":"#, causeRevision)
    bytes.append(json: #","clave":"#, clave)
    bytes.append(json: #","date":"#, date)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","product":"#, product)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.shortage.v1""#)
    bytes.append(json: #","shortage":"#, shortage)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(json: #","version":"#, version)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    causeDocument = try members.value("causeDocument")
    causeLine = try members.value("causeLine")
    causeRevision = try members.value("causeRevision")
    clave = try members.value("clave")
    date = try members.value("date")
    document = try members.value("document")
    line = try members.value("line")
    part = try members.value("part")
    plant = try members.value("plant")
    product = try members.optional("product")
    received = try members.value("received")
    row = try members.value("row")
    schema = try members.value("schema")
    shortage = try members.value("shortage")
    toPlant = try members.optional("toPlant")
    version = try members.value("version")
  }
}
