namespace Wfm.Forecasting.Calendar;

/// <summary>Pools what events of a kind did to several series, and leans the effects of one series on the pool.</summary>
/// <remarks>
/// The effect of kind k on series j is sensitivity(j)·effect(k) + something of its own: a queue that hardly notices one holiday hardly notices the next. A
/// series has one sensitivity to what lowers volume and one to what raises it, both 1 until its own events say otherwise. Each level is shrunk to the one
/// above by its variance: own occurrences → sensitivity × pooled effect → no effect. Source: the normal hierarchical model of Gelman et al.,
/// <i>Bayesian Data Analysis</i>, 3rd ed., §5.4, with variances by moments.
/// </remarks>
public static class EventPooling
{
    private const double PriorEffect = 0.35; // standard deviation of effects about 1: one occurrence of the prior spread is believed two thirds
    private const double PriorSensitivity = 0.5; // standard deviation of sensitivities about 1, worth PriorSeries of them
    private const double LeastSensitivity = 0.1;
    private const double PriorBetween = 0.1; // of series about sensitivity × effect, worth PriorSeries of them
    private const double PriorSeries = 4;
    private const double LeastBetween = 0.03;
    private const double PooledSpreadWeight = 8; // occurrences the spread of all kinds, or of the siblings, is worth
    private const double PriorPart = 0.1;
    private const double PriorHour = 0.05; // beside that of the part of the day
    private const double PriorDayAround = 0.05;
    private const double SlopeBetween = 0.1; // of the level of its own a kind has in one series, about that in others
    private const double Evidence = 2.5; // standard errors before a day beside the event is believed to be touched at all
    private const int Rounds = 4;

    /// <summary>Pools effects over series.</summary>
    /// <param name="series">By series, its effects as <see cref="EventLearning.Learn"/> gives them; at most one of each kind.</param>
    /// <returns>One effect a kind, by kind in alphabetical order: what one more series of usual sensitivity would see. Empty without any.</returns>
    /// <exception cref="ArgumentException">An effect is not possible, or a series has two of one kind.</exception>
    public static IReadOnlyList<EventEffect> Pool(IReadOnlyList<IReadOnlyList<EventEffect>> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        foreach (var own in series)
        {
            Check(own, nameof(series));
        }

        var members = series.SelectMany((own, j) => own.Where(e => e.Occurrences > 0).Select(e => new Member(e, j)))
            .GroupBy(m => m.Effect.Kind, StringComparer.Ordinal).SelectMany(OpenBefore).ToList();
        var kinds = members.GroupBy(m => m.Effect.Kind, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PooledKind(g.Key, [.. g])).ToList();
        SetSpreads(kinds);
        var deviation = PriorSensitivity;
        for (var round = 0; round < Rounds; round++)
        {
            kinds.ForEach(SetEffect);
            deviation = SetSensitivities(members, kinds.ToDictionary(k => k.Kind, StringComparer.Ordinal), deviation);
            kinds.ForEach(SetBetween);
        }

        return [.. kinds.Select(k => k.ToEffect() with { SensitivityDeviation = deviation })];
    }

    /// <summary>Leans the effects of one series on those of its siblings, and on no effect.</summary>
    /// <param name="own">Effects of the series as <see cref="EventLearning.Learn"/> gives them; may be empty.</param>
    /// <param name="siblings">Pooled effects as <see cref="Pool"/> gives them, better without the series itself; may be empty.</param>
    /// <returns>One effect for each kind of either, by kind in alphabetical order.</returns>
    /// <exception cref="ArgumentException">An effect is not possible, or a kind comes twice in a list.</exception>
    public static IReadOnlyList<EventEffect> Shrink(IReadOnlyList<EventEffect> own, IReadOnlyList<EventEffect> siblings)
    {
        Check(own, nameof(own));
        Check(siblings, nameof(siblings));
        var pooled = siblings.ToDictionary(e => e.Kind, StringComparer.Ordinal);
        var mine = own.Where(e => e.Occurrences > 0).ToDictionary(e => e.Kind, StringComparer.Ordinal);
        var found = new SortedDictionary<string, EventEffect>(StringComparer.Ordinal);
        foreach (var kind in pooled.Keys.Union(mine.Keys, StringComparer.Ordinal)
            .OrderBy(k => KnownEvents.KindsOf(k).Length).ThenBy(k => k, StringComparer.Ordinal))
        {
            found[kind] = Posterior(kind, mine.GetValueOrDefault(kind), pooled.GetValueOrDefault(kind), mine, pooled, found);
        }

        return [.. found.Values];
    }

    /// <summary>The parts of an effect, leaned on those of the kind and on none.</summary>
    /// <param name="effect">Effect as a whole.</param>
    /// <param name="own">Parts as one series, or one occurrence, shows them.</param>
    /// <param name="pooled">Parts as the others do.</param>
    internal static EventEffect WithShape(EventEffect effect, EventEffect? own, EventEffect? pooled) => effect with
    {
        PartsOfDay = EventTerms.Shrunk(own?.PartsOfDay ?? [], pooled?.PartsOfDay ?? [], PriorPart),
        HoursOfDay = EventTerms.Shrunk(own?.HoursOfDay ?? [], pooled?.HoursOfDay ?? [], PriorHour),
        Around = EventTerms.Shrunk(own?.Around ?? [], pooled?.Around ?? [], PriorDayAround, Evidence),
    };

    private static EventEffect Posterior(
        string kind, EventEffect? own, EventEffect? pooled, Dictionary<string, EventEffect> mine, Dictionary<string, EventEffect> siblings,
        SortedDictionary<string, EventEffect> found)
    {
        var (mean, variance, trust) = (0.0, PriorEffect * PriorEffect, 0.0);
        if (pooled is not null)
        {
            var log = Math.Log(pooled.Factor);
            var (sensitivity, doubt) = SensitivityOf(pooled, Math.Sign(log), mine, siblings);
            (mean, variance, trust) = (sensitivity * log, pooled.MeanVariance + (log * log * doubt), pooled.Trust);
        }
        else if (KnownEvents.KindsOf(kind) is { Length: > 1 } kinds)
        {
            mean = KnownEvents.Together(kinds.Select(found.GetValueOrDefault).OfType<EventEffect>().Select(e => (Math.Log(e.Factor), 0.0))).Log;
            trust = 1;
        }

        var spread = pooled?.Spread ?? own!.Spread;
        if (own is not null)
        {
            var squares = EffectEstimator.SquaresOf(own);
            spread = pooled is null ? own.Spread
                : Math.Sqrt((squares + (PooledSpreadWeight * spread * spread)) / (own.Occurrences - 1 + PooledSpreadWeight));
            var ownVariance = MeanVariance(own, spread);
            var precision = (1 / variance) + (1 / ownVariance);
            mean = ((mean / variance) + (Math.Log(own.Factor) / ownVariance)) / precision;
            trust = ((trust / variance) + (1 / ownVariance)) / precision;
            variance = 1 / precision;
        }

        var effect = new EventEffect(kind, Math.Exp(mean), Math.Sqrt(variance + (spread * spread)), (own?.Occurrences ?? 0) + (pooled?.Occurrences ?? 0))
        {
            Spread = spread,
            Position = own?.Position ?? pooled?.Position,
            OwnLevel = OwnLevelOf(kind, mean, mine, siblings),
            Trust = trust,
            NothingCame = Closures.Leaned(own?.NothingCame ?? [], pooled?.NothingCame ?? []),
        };
        return WithShape(effect, own, pooled);
    }

    /// <summary>How far a kind has a level of its own; other kinds that push the same way, seen on more days of the week maybe, say what kinds here
    /// do.</summary>
    private static EventTerm OwnLevelOf(string kind, double log, Dictionary<string, EventEffect> mine, Dictionary<string, EventEffect> siblings)
    {
        EventTerm Slope(string of)
        {
            var (own, theirs) = (mine.GetValueOrDefault(of)?.OwnLevel ?? EventTerm.Unknown, siblings.GetValueOrDefault(of)?.OwnLevel ?? EventTerm.Unknown);
            return EventTerms.Merge([[own], [theirs with { Error = Math.Sqrt(Square(theirs.Error) + Square(SlopeBetween)) }]])[0];
        }

        var others = mine.Keys.Union(siblings.Keys, StringComparer.Ordinal)
            .Where(other => other != kind && log * Math.Log((siblings.GetValueOrDefault(other) ?? mine[other]).Factor) > 0)
            .Order(StringComparer.Ordinal).Sum(other => OwnLevel.Evidence(Slope(other)));
        var resemblance = (mine.GetValueOrDefault(kind)?.Resemblance ?? 0) + (siblings.GetValueOrDefault(kind)?.Resemblance ?? 0);
        return OwnLevel.Posterior(Slope(kind), resemblance, log, others);
    }

    /// <summary>How the series takes kinds of one direction, from its other kinds.</summary>
    private static (double Sensitivity, double Variance) SensitivityOf(
        EventEffect asked, int sign, Dictionary<string, EventEffect> mine, Dictionary<string, EventEffect> siblings)
    {
        var others = mine.Values.Where(e => e.Kind != asked.Kind && siblings.ContainsKey(e.Kind)).Select(e => (Own: e, Pooled: siblings[e.Kind]))
            .Where(x => Math.Sign(Math.Log(x.Pooled.Factor)) == sign);
        var (top, bottom) = (1 / Square(asked.SensitivityDeviation), 1 / Square(asked.SensitivityDeviation));
        foreach (var (effect, pool) in others)
        {
            var log = Math.Log(pool.Factor);
            var weight = log / (MeanVariance(effect, pool.Spread) + pool.MeanVariance);
            top += weight * Math.Log(effect.Factor);
            bottom += weight * log;
        }

        return (top / bottom, 1 / bottom);
    }

    /// <summary>Variance of the mean of a series' own occurrences under another spread of occurrences.</summary>
    private static double MeanVariance(EventEffect own, double spread)
    {
        var counting = Math.Max(0, (own.Occurrences * own.MeanVariance) - (own.Spread * own.Spread));
        return Math.Max(((spread * spread) + counting) / own.Occurrences, 1e-12);
    }

    /// <summary>Where some are closed and others are not, the closed say nothing of the others.</summary>
    private static IEnumerable<Member> OpenBefore(IGrouping<string, Member> kind)
    {
        var open = kind.Where(m => !Closures.IsWholly(m.Effect.NothingCame)).ToList();
        return open.Count > 0 ? open : kind;
    }

    private static void SetSpreads(List<PooledKind> kinds)
    {
        var squares = kinds.Sum(k => k.Squares) + (EffectEstimator.PriorWeight * Square(EffectEstimator.PriorSpread));
        var overall = squares / (kinds.Sum(k => k.Freedom) + EffectEstimator.PriorWeight);
        foreach (var kind in kinds)
        {
            kind.Spread = Math.Sqrt((kind.Squares + (PooledSpreadWeight * overall)) / (kind.Freedom + PooledSpreadWeight));
            foreach (var member in kind.Members)
            {
                member.Variance = MeanVariance(member.Effect, kind.Spread);
            }
        }
    }

    private static void SetEffect(PooledKind kind)
    {
        var (top, bottom) = (0.0, 1 / (PriorEffect * PriorEffect));
        foreach (var member in kind.Members)
        {
            var weight = member.Sensitivity / (member.Variance + kind.Between);
            top += weight * member.Log;
            bottom += weight * member.Sensitivity;
        }

        (kind.Log, kind.Variance) = (top / bottom, 1 / bottom);
    }

    /// <summary>Sensitivities by series and direction, drawn to 1, and how far they lie apart.</summary>
    private static double SetSensitivities(List<Member> members, Dictionary<string, PooledKind> kinds, double deviation)
    {
        var prior = 1 / Square(deviation);
        var (squares, count) = (PriorSeries * Square(PriorSensitivity), PriorSeries);
        foreach (var side in members.GroupBy(m => (m.Series, Math.Sign(kinds[m.Effect.Kind].Log))))
        {
            var (top, bottom) = (0.0, 1e-12);
            foreach (var member in side)
            {
                var kind = kinds[member.Effect.Kind];
                var weight = kind.Log / (member.Variance + kind.Between);
                top += weight * member.Log;
                bottom += weight * kind.Log;
            }

            var trust = bottom / (bottom + prior); // of a series whose own sensitivity is all noise: none
            squares += trust * (Square((top / bottom) - 1) - (1 / bottom));
            count += trust;
            foreach (var member in side)
            {
                member.Sensitivity = (prior + top) / (prior + bottom);
            }
        }

        return Math.Sqrt(Math.Max(Square(LeastSensitivity), squares / count));
    }

    private static void SetBetween(PooledKind kind)
    {
        var left = kind.Members.Sum(m => Square(m.Log - (m.Sensitivity * kind.Log)) - m.Variance);
        kind.Between = Math.Max(Square(LeastBetween), (left + (PriorSeries * Square(PriorBetween))) / (kind.Members.Count + PriorSeries));
    }

    private static void Check(IReadOnlyList<EventEffect> effects, string parameter)
    {
        ArgumentNullException.ThrowIfNull(effects, parameter);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var effect in effects)
        {
            ArgumentNullException.ThrowIfNull(effect, parameter);
            effect.Validate(parameter);
            if (!kinds.Add(effect.Kind))
            {
                throw new ArgumentException($"The kind '{effect.Kind}' comes twice among the effects of one series.", parameter);
            }
        }
    }

    private static double Square(double x) => x * x;

    private sealed class Member(EventEffect effect, int series)
    {
        public EventEffect Effect => effect;

        public int Series => series;

        public double Log { get; } = Math.Log(effect.Factor);

        public double Variance { get; set; }

        public double Sensitivity { get; set; } = 1;
    }

    private sealed class PooledKind(string kind, List<Member> members)
    {
        public string Kind => kind;

        public List<Member> Members => members;

        public double Squares { get; } = members.Sum(m => EffectEstimator.SquaresOf(m.Effect));

        public int Freedom { get; } = members.Sum(m => m.Effect.Occurrences - 1);

        public double Spread { get; set; }

        public double Log { get; set; }

        public double Variance { get; set; }

        public double Between { get; set; } = PriorBetween * PriorBetween;

        public EventEffect ToEffect() => new(
            kind, Math.Exp(Log), Math.Sqrt(Variance + Between + (Spread * Spread)), members.Sum(m => m.Effect.Occurrences))
        {
            Spread = Spread,
            Position = members.Average(m => m.Effect.Position),
            OwnLevel = EventTerms.Merge([.. members.Select(m => (IReadOnlyList<EventTerm>)[m.Effect.OwnLevel])])[0],
            Resemblance = members.Average(m => m.Effect.Resemblance), // series see the same few days: together they are hardly surer than one
            Trust = 1 - (Variance / (PriorEffect * PriorEffect)),
            PartsOfDay = EventTerms.Merge([.. members.Select(m => m.Effect.PartsOfDay)]),
            HoursOfDay = EventTerms.Merge([.. members.Select(m => m.Effect.HoursOfDay)]),
            Around = EventTerms.Merge([.. members.Select(m => m.Effect.Around)]),
            NothingCame = Closures.Together(members.Select(m => m.Effect.NothingCame)),
        };
    }
}
