import Ledger

extension FactName: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"id":"#, id)
    bytes.append(json: #","source":"#, source)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    id = try members.value("id")
    source = try members.value("source")
  }
}

extension WithdrawalMessage: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"cancels":"#, cancels)
    bytes.append(json: #","id":"#, id)
    bytes.append(json: #","kind":"withdrawal","of":"#)
    of.write(to: &bytes)
    bytes.append(json: #","source":"#, source)
    bytes.append(json: #","time":"#, time)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    cancels = try members.value("cancels")
    id = try members.value("id")
    members.skip("kind")
    of = try members.value("of")
    source = try members.value("source")
    time = try members.value("time")
  }
}

extension FoundFact: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","rfc":"#, rfc)
    bytes.append(json: #","target":"#, target)
    bytes.append(json: #","type":"#, type)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    plant = try members.optional("plant")
    rfc = try members.value("rfc")
    target = try members.value("target")
    type = try members.value("type")
  }
}

extension WithdrawalLine: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let by {
      bytes.append(json: #""by":"#, by)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""cancels":"#, cancels)
    if let fact {
      bytes.append(json: #","fact":"#)
      fact.write(to: &bytes)
    }
    bytes.append(json: #","line":"#, line.map { Int64($0) })
    bytes.append(json: #","name":"#)
    name.write(to: &bytes)
    bytes.append(json: #","of":"#, of)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","reason":"#, reason)
    bytes.append(json: #","time":"#, time)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    by = try members.optional("by")
    cancels = try members.value("cancels")
    fact = try members.optional("fact")
    line = try members.optional("line")
    name = try members.value("name")
    of = try members.optional("of")
    part = try members.optional("part")
    pedimento = try members.optional("pedimento")
    reason = try members.value("reason")
    time = try members.value("time")
  }
}

extension [UInt8] {
  /// Appends a fact's name where there is one.
  mutating func append(json literal: StaticString, _ name: FactName?) {
    guard let name else { return }
    append(json: literal)
    name.write(to: &self)
  }
}
