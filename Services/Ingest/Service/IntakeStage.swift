import EventLog
import IngestFiles
import IngestRules
import Messages
import SQLite
import ServiceRuntime

/// `saldo.inbound` to where each event belongs.
final class IntakeHandler: StageHandler {
  private var intake = Intake { TimeZones.isKnown($0) }
  private let partition: Int32

  private init(_ context: StageContext) { partition = context.partition }

  static let stage = Stage(
    service: "ingest", name: "intake", input: Topic.inbound.rawValue,
    outputs: Output.allCases.map(\.topic.rawValue), migrations: []
  ) { _, context in IntakeHandler(context) }

  private enum Output: Int, CaseIterable {
    case documents, movements, rejected, sides

    var topic: Topic {
      switch self {
      case .documents: .documents
      case .movements: .movements
      case .rejected: .rejected
      case .sides: .sides
      }
    }
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    let value = record.value ?? UnsafeRawBufferPointer(start: nil, count: 0)
    let place = record.header(EventPlace.header).flatMap { EventPlace(header: $0) }
    // Most records have no other header; those that do may carry their event in binary mode.
    guard record.headerCount > (place == nil ? 0 : 1),
      let event = BinaryModeEvent(
        headers: record.headers.map { ($0.name, $0.value) }, value: record.value)
    else {
      let route = intake.route(value, place: place, received: record.timestamp)
      return forward(value, place, to: route, &output)
    }
    let (text, fault) = event.structured()
    text.withUnsafeBytes { text in
      let route = intake.route(text, fault: fault, received: record.timestamp)
      forward(text, nil, to: route, &output)
    }
  }

  private func forward(
    _ event: UnsafeRawBufferPointer, _ place: EventPlace?, to route: Intake.Route,
    _ output: inout StepOutput
  ) {
    guard let plain = intake.plain else {
      return send(event, place, to: route, &output)
    }
    plain.withUnsafeBytes { send($0, place, to: route, &output) }
  }

  private func send(
    _ event: UnsafeRawBufferPointer, _ place: EventPlace?, to route: Intake.Route,
    _ output: inout StepOutput
  ) {
    func write(to bytes: inout [UInt8]) {
      if let place { place.append(event, to: &bytes) } else { bytes.append(contentsOf: event) }
    }
    switch route {
    case .document(let rfc):
      output.send(to: Output.documents.rawValue, key: rfc) { write(to: &$0) }
    case .everywhere(let key):
      output.broadcast(to: Output.documents.rawValue, key: key) { write(to: &$0) }
    case .stock(let stock):
      output.send(
        to: Output.movements.rawValue,
        writingKey: { BookKey.write(plant: stock.plant, part: stock.part, to: &$0) },
        { Movement.stock(stock).write(to: &$0) })
    case .decision(let decision):
      let message = SideMessage.decision(decision)
      output.send(
        to: Output.sides.rawValue, writingKey: { message.writeKey(to: &$0) },
        { message.write(to: &$0) })
    case .rejected(var rejected):
      rejected.limit(topic: Topic.inbound.rawValue, partition: partition, offset: output.input)
      output.send(to: Output.rejected.rawValue, key: rejected.key) { rejected.write(to: &$0) }
    }
  }

  func save(_ db: Connection) throws {}
}
