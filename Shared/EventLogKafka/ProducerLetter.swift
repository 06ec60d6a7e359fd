import CRdKafka
import EventLog

/// Hands records to librdkafka one by one, with the arguments that stay the same filled in once.
struct ProducerLetter {
  private let client: OpaquePointer
  private let source: [UInt8]
  /// How the next record follows what the source sent before.
  private(set) var link: SourceLink?
  private var mark: [UInt8] = []
  private var arguments: [rd_kafka_vu_t]

  private static let key = 4
  private static let value = 5
  private static let timestamp = 6
  private static let header = 7

  /// - Parameters:
  ///   - link: how the first record follows what the source sent before.
  ///   - opaque: comes back with what becomes of each record.
  init(
    client: OpaquePointer, topic: OpaquePointer, partition: Int32, source: [UInt8],
    link: SourceLink? = nil, opaque: UnsafeMutableRawPointer
  ) {
    self.link = link
    self.client = client
    self.source = source
    func argument(_ type: rd_kafka_vtype_t, _ fill: (inout rd_kafka_vu_t) -> Void = { _ in })
      -> rd_kafka_vu_t
    {
      var argument = rd_kafka_vu_t()
      argument.vtype = type
      fill(&argument)
      return argument
    }
    arguments = [
      argument(RD_KAFKA_VTYPE_RKT) { $0.u.rkt = topic },
      argument(RD_KAFKA_VTYPE_PARTITION) { $0.u.i32 = partition },
      argument(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY },
      argument(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = opaque },
      argument(RD_KAFKA_VTYPE_KEY), argument(RD_KAFKA_VTYPE_VALUE),
      argument(RD_KAFKA_VTYPE_TIMESTAMP), argument(RD_KAFKA_VTYPE_HEADER),
    ]
  }

  /// Hands over the records from the `skipping`-th on; returns how many, and what it stopped at.
  mutating func send(
    _ records: PackedRecords, skipping skipped: Int
  ) -> (count: Int, code: rd_kafka_resp_err_t) {
    struct Stop: Error { var code: rd_kafka_resp_err_t }
    var count = 0
    do {
      try records.forEach(skipping: skipped) { record in
        let code = send(record)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw Stop(code: code) }
        link?.previous = .record(input: record.input, ordinal: record.ordinal)
        count += 1
      }
      return (count, RD_KAFKA_RESP_ERR_NO_ERROR)
    } catch let stop as Stop {
      return (count, stop.code)
    } catch {
      return (count, RD_KAFKA_RESP_ERR__FAIL)
    }
  }

  private mutating func send(_ record: RecordView) -> rd_kafka_resp_err_t {
    // No key and an empty key are one to us: Kafka has no key then.
    let key = record.key
    arguments[Self.key].u.mem.ptr = key.isEmpty ? nil : Self.pointer(key)
    arguments[Self.key].u.mem.size = key.count
    let value = record.value
    arguments[Self.value].u.mem.ptr = value.map(Self.pointer) ?? nil
    arguments[Self.value].u.mem.size = value?.count ?? 0
    let timestamp = record.timestamp
    arguments[Self.timestamp].u.i64 = RecordMark.isPlain(timestamp: timestamp) ? timestamp : 1
    RecordMark.write(record, source: source, link: link, into: &mark)
    let headers = record.headers
    guard headers.isEmpty else { return send(with: headers) }
    guard !mark.isEmpty else { return produce(headers: 0) }
    return sendMarked(at: Self.header)
  }

  /// The mark goes behind a record's own headers, also where it says nothing but one of them has
  /// its name: the last header of that name is the mark.
  private mutating func send(with headers: [Record.Header]) -> rd_kafka_resp_err_t {
    let markName = RecordMark.name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    if mark.isEmpty, headers.contains(where: { $0.name == markName }) { mark = [0] }
    var memory: [UnsafeMutableRawBufferPointer] = []
    defer { for buffer in memory { buffer.deallocate() } }
    func keep(_ bytes: some Collection<UInt8>) -> UnsafeMutableRawPointer? {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 1)
      buffer.copyBytes(from: bytes)
      buffer[bytes.count] = 0
      memory.append(buffer)
      return buffer.baseAddress
    }
    let plain = arguments
    defer { arguments = plain }
    arguments.removeLast()
    for header in headers {
      var argument = plain[Self.header]
      argument.u.header.name = UnsafePointer(
        keep(header.name.utf8)?.assumingMemoryBound(to: CChar.self))
      argument.u.header.val = UnsafeRawPointer(keep(header.value))
      argument.u.header.size = header.value.count
      arguments.append(argument)
    }
    guard !mark.isEmpty else { return produce(headers: headers.count) }
    arguments.append(plain[Self.header])
    return sendMarked(at: arguments.count - 1)
  }

  private mutating func sendMarked(at index: Int) -> rd_kafka_resp_err_t {
    RecordMark.name.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) {
      arguments[index].u.header.name = $0
    }
    let mark = mark
    return mark.withUnsafeBytes { bytes in
      arguments[index].u.header.val = bytes.baseAddress
      arguments[index].u.header.size = bytes.count
      return produce(headers: index - Self.header + 1)
    }
  }

  private func produce(headers: Int) -> rd_kafka_resp_err_t {
    // librdkafka reads the arguments; its prototype only lacks the `const`.
    let error = arguments.withUnsafeBufferPointer {
      rd_kafka_produceva(client, $0.baseAddress, Self.header + headers)
    }
    guard let error else { return RD_KAFKA_RESP_ERR_NO_ERROR }
    defer { rd_kafka_error_destroy(error) }
    return rd_kafka_error_code(error)
  }

  /// librdkafka copies what it is given, and reads it only.
  private static func pointer(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? emptyValue)
  }

  /// Where an empty value lies: librdkafka takes a null pointer for no value.
  private static var emptyValue: UnsafeRawPointer { UnsafeRawPointer(RecordMark.name.utf8Start) }
}
