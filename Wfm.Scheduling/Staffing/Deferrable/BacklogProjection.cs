using NodaTime;

namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>Works deferrable classes with a given staffing, the most urgent first, as a fluid: backlog, age and missed deadlines follow.</summary>
/// <remarks>
/// Exact for fluid work at the resolution of the intervals: arrivals and capacity are even within an interval, deadlines count at its end. Who is served first
/// is the <see cref="ServiceDiscipline"/> by the claims of the classes, looked at anew in every interval; equal claims are earliest deadline first.
/// </remarks>
public static class BacklogProjection
{
    private const double Nothing = 1e-9; // hours; a piece smaller than 4 µs is rounding

    /// <summary>The backlog over the horizon.</summary>
    /// <param name="classes">Deadline classes, at least one, over the same horizon.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="open">Per interval: whether anybody works.</param>
    /// <param name="agents">Agents working per interval, after shrinkage, finite, 0 or more; 0 while closed.</param>
    /// <returns>The projection.</returns>
    /// <exception cref="ArgumentException">No class, horizons of unequal length, negative agents, or agents while closed.</exception>
    public static BacklogForecast Project(IReadOnlyList<DeferrableClass> classes, Duration interval, bool[] open, double[] agents)
    {
        var problem = new DeferrableProblem(classes, interval, open);
        return new MostUrgentFirst(problem).Run(CheckAgents(agents, open));
    }

    private static double[] CheckAgents(double[] agents, bool[] open)
    {
        Guard.Filled(open, nameof(open));
        Guard.EachNonNegative(Guard.OfLength(agents, open.Length, nameof(agents)), nameof(agents));
        for (var i = 0; i < agents.Length; i++)
        {
            if (agents[i] > 0 && !open[i]) throw Guard.OutOfRange($"{nameof(agents)}[{i}]", agents[i], "nobody works while closed");
        }
        return agents;
    }

    /// <summary>One run. The pieces of a class wait in a queue by planned deadline, oldest first between equals.</summary>
    private sealed class MostUrgentFirst
    {
        private readonly DeferrableProblem _problem;
        private readonly List<Piece> _pieces = []; // by arrival
        private readonly PriorityQueue<Piece, (double Due, double From)>[] _queues;

        public MostUrgentFirst(DeferrableProblem problem)
        {
            _problem = problem;
            _queues = [.. problem.Classes.Select(_ => new PriorityQueue<Piece, (double Due, double From)>())];
            var seconds = problem.Interval.TotalSeconds;
            for (var k = 0; k < problem.Classes.Count; k++)
            {
                foreach (var backlog in problem.Classes[k].OpeningBacklog)
                {
                    foreach (var piece in problem.Shapes[k].Backlog(-backlog.Oldest.TotalSeconds / seconds, -backlog.Youngest.TotalSeconds / seconds))
                        Add(k, piece, backlog.Hours);
                }
                for (var i = 0; i < problem.Axis.Horizon; i++)
                {
                    foreach (var piece in problem.Shapes[k][i]) Add(k, piece, problem.Classes[k].ArrivingHours[i]);
                }
            }
            _pieces.Sort((a, b) => a.Shape.From.CompareTo(b.Shape.From));
        }

        public BacklogForecast Run(double[] agents)
        {
            var (n, classes, hoursPerInterval) = (agents.Length, _problem.Classes.Count, _problem.Interval.TotalHours);
            var (worked, idle, age) = (new double[n], new double[n], new double[n]);
            var left = new double[classes];
            var backlog = Enumerable.Range(0, classes).Select(_ => new double[n]).ToArray();
            var (arriving, oldest) = (0, 0);
            for (var i = 0; i < n; i++)
            {
                for (; arriving < _pieces.Count && _pieces[arriving].Shape.From < i + 1 - 1e-9; arriving++)
                {
                    var piece = _pieces[arriving];
                    _queues[piece.Class].Enqueue(piece, (piece.Order, piece.Shape.From));
                    left[piece.Class] += piece.Left;
                }
                var capacity = agents[i] * hoursPerInterval;
                while (capacity > 0 && MostUrgent(i) is { } piece)
                {
                    var done = Math.Min(capacity, piece.Left);
                    piece.Work(done, i + 1);
                    (capacity, worked[i], left[piece.Class]) = (capacity - done, worked[i] + done, left[piece.Class] - done);
                    if (piece.Left <= 0) _queues[piece.Class].Dequeue();
                }
                idle[i] = capacity;
                while (oldest < arriving && _pieces[oldest].Left <= Nothing) oldest++;
                age[i] = oldest < arriving ? Math.Max(0, i + 1 - _pieces[oldest].OldestArrival) * hoursPerInterval : 0;
                for (var k = 0; k < classes; k++) backlog[k][i] = Math.Max(0, left[k]);
            }
            double[] total = [.. Enumerable.Range(0, n).Select(i => backlog.Sum(b => b[i]))];
            var perDay = agents.Sum() * 24 / n;
            double[] days = [.. total.Select(hours => hours <= Nothing ? 0 : hours / perDay)];
            var results = Enumerable.Range(0, classes).Select(k => Of(k, backlog[k])).ToArray();
            return new BacklogForecast(total, days, age, worked, idle, results, Tally(_pieces).First(_problem.Interval));
        }

        /// <summary>The piece to work in an interval; null when none is open.</summary>
        private Piece? MostUrgent(int interval)
        {
            var (best, bestUrgency) = ((Piece?)null, default(Urgency));
            for (var k = 0; k < _queues.Length; k++)
            {
                if (!_queues[k].TryPeek(out var piece, out _)) continue;
                var urgency = _problem.Classes[k].Claim.At(piece.Order - interval);
                if (best is null || urgency.Against(bestUrgency) is var order && (order < 0 || (order == 0 && piece.Shape.From < best.Shape.From)))
                    (best, bestUrgency) = (piece, urgency);
            }
            return best;
        }

        private ClassBacklog Of(int k, double[] backlog)
        {
            var pieces = _pieces.Where(p => p.Class == k).ToArray();
            var missed = Tally(pieces);
            var due = pieces.Where(p => p.Shape.Due <= _problem.Axis.Horizon).Sum(p => p.Hours);
            return new ClassBacklog(_problem.Classes[k].Name, backlog, due, missed.Hours, missed.First(_problem.Interval));
        }

        private BreachTally Tally(IEnumerable<Piece> pieces)
        {
            var tally = new BreachTally();
            foreach (var piece in pieces)
            {
                var missed = piece.Late + (piece.Shape.Due <= _problem.Axis.Horizon ? piece.Left : 0);
                if (missed > Nothing) tally.Add(piece.Shape.Due, missed, piece.Shape.Breach ?? BreachReason.NotEnoughStaff);
            }
            return tally;
        }

        private void Add(int k, DuePiece shape, double hours)
        {
            if (hours * shape.Share <= 0) return;
            // Deadlines beyond the horizon come after all that lie in it, still in their order.
            var order = shape.PlannedDue != DuePiece.Never ? shape.PlannedDue
                : _problem.Axis.Horizon + 1.0 + Math.Max(0, shape.From + _problem.Classes[k].Turnaround / _problem.Interval);
            _pieces.Add(new Piece(k, shape, hours * shape.Share, order));
        }
    }

    private sealed class Piece(int @class, DuePiece shape, double hours, double order)
    {
        public int Class { get; } = @class;

        public DuePiece Shape { get; } = shape;

        public double Hours { get; } = hours;

        public double Order { get; } = order;

        public double Left { get; private set; } = hours;

        public double Late { get; private set; }

        public double OldestArrival => Shape.From + (1 - Left / Hours) * (Shape.To - Shape.From);

        public void Work(double done, int boundary)
        {
            Left -= done;
            if (boundary > Shape.Due) Late += done;
        }
    }
}
