using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The shifts of a template that an agent may have on a day: in a group only the cheapest is ever taken.</summary>
/// <param name="Shift">Any of the shifts; all have its template and work, and are nights or not as it is.</param>
/// <param name="Length">Index of its length of work.</param>
/// <param name="First">Place of the first group in the prices.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DayOffer(DayCell Shift, int Length, int First);

/// <summary>The best start and breaks of every template, day and group at given prices, sought once for all agents who may have the same shifts.</summary>
/// <remarks>What is left of an agent is a factor, its proficiency, and what it wishes of a template. A choice is a group, or a pair of groups of which a shift
/// serves both (<see cref="PairOffers"/>).</remarks>
internal sealed class DayOffers
{
    private readonly CompiledProblem _compiled;
    private readonly int _groups;
    private readonly int[] _menuOf;
    private readonly List<Menu> _menus = [];
    private readonly double[] _costs;
    private readonly (int Variant, int Pattern)[] _best;
    private readonly Dictionary<int[], (double Cost, int Pattern)[]> _patterns = [];
    private readonly PairOffers _pairs;

    /// <param name="compiled">The problem.</param>
    /// <param name="lengths">Lengths of work in minutes, in order.</param>
    public DayOffers(CompiledProblem compiled, int[] lengths)
    {
        (_compiled, _groups, _pairs) = (compiled, compiled.Costs.Groups, new PairOffers(compiled));
        _menuOf = new int[compiled.Agents * compiled.Calendar.Days];
        var known = new Dictionary<MenuKey, int>();
        var places = 0;
        for (var at = 0; at < _menuOf.Length; at++)
        {
            var agent = at / compiled.Calendar.Days;
            var key = new MenuKey(compiled.RuleSetOf[agent], compiled.Eligibility.On(agent, compiled.Calendar.Offset + (at % compiled.Calendar.Days)));
            if (!known.TryGetValue(key, out _menuOf[at]))
            {
                known.Add(key, _menuOf[at] = _menus.Count);
                _menus.Add(MenuOf(key, agent, lengths, ref places));
            }
        }

        (_costs, _best) = (new double[places], new (int, int)[places]);
        _pairs.Reserve(places);
    }

    /// <summary>What an agent may serve on a template: its groups, and the pairs of them that one shift may serve.</summary>
    public ReadOnlySpan<OfferChoice> ChoicesOn(int agent, int template) => _pairs.ChoicesOn(agent, template);

    /// <summary>What an agent may have on a row.</summary>
    public ReadOnlySpan<DayOffer> On(int agent, int row) => _menus[_menuOf[(agent * _compiled.Calendar.Days) + row - _compiled.Calendar.Offset]].Offers;

    /// <summary>Least cost of the coverage of a head in an offer and choice; infinite when rules forbid it.</summary>
    public double Cost(in DayOffer offer, int choice) => _costs[offer.First + choice];

    /// <summary>The cell of that cost.</summary>
    public DayCell Cell(in DayOffer offer, int choice) => choice >= _groups ? _pairs.Cell(offer.First + choice)
        : _compiled.Cell(_best[offer.First + choice].Variant, choice, _best[offer.First + choice].Pattern);

    /// <summary>Seeks the cheapest shifts anew.</summary>
    /// <param name="prices">Prices of coverage.</param>
    /// <returns>Shifts and breaks looked at.</returns>
    public long Price(double[] prices)
    {
        foreach (var known in _patterns.Values)
        {
            Array.Fill(known, (double.NaN, 0));
        }

        Array.Fill(_costs, double.PositiveInfinity);
        _pairs.Reprice(prices);
        var looked = 0L;
        foreach (var menu in _menus)
        {
            looked += Price(menu, prices);
        }

        return looked;
    }

    private long Price(Menu menu, double[] prices)
    {
        var looked = 0L;
        for (var i = 0; i < menu.Variants.Length; i++)
        {
            var variant = menu.Variants[i];
            var first = menu.Offers[menu.OfferOf[i]].First;
            for (var group = 0; group < _groups; group++)
            {
                var allowed = _compiled.Eligibility.Patterns(menu.Agent, variant, group);
                if (allowed.Length == 0) continue;
                looked++;
                var (cost, pattern) = Cheapest(variant, group, allowed, prices, ref looked);
                if (cost < _costs[first + group]) (_costs[first + group], _best[first + group]) = (cost, (variant, pattern));
            }

            looked += _pairs.Price(menu.Agent, variant, first + _groups, _costs);
        }

        return looked;
    }

    // The cheapest breaks of a shift, once for all who may have the same.
    private (double Cost, int Pattern) Cheapest(int variant, int group, int[] allowed, double[] prices, ref long looked)
    {
        if (!_patterns.TryGetValue(allowed, out var known))
        {
            // Contracts under the same rules have lists of their own with the same breaks in them.
            known = _patterns.FirstOrDefault(p => p.Key.AsSpan().SequenceEqual(allowed)).Value ?? Empty();
            _patterns.Add(allowed, known);
        }

        ref var best = ref known[(variant * _groups) + group];
        if (!double.IsNaN(best.Cost)) return best;
        best = (double.PositiveInfinity, 0);
        var place = _compiled.CoverAt(variant, group);
        foreach (var pattern in allowed)
        {
            var cost = LinearPrices.Sum(prices, place, _compiled.Profile(variant, group, pattern));
            if (cost < best.Cost) best = (cost, pattern);
        }

        looked += allowed.Length;
        return best;
    }

    private (double Cost, int Pattern)[] Empty()
    {
        var known = new (double, int)[_compiled.Shifts.FirstPinned * _groups];
        Array.Fill(known, (double.NaN, 0));
        return known;
    }

    private Menu MenuOf(MenuKey key, int agent, int[] lengths, ref int places)
    {
        var offers = new List<DayOffer>();
        var offerOf = new int[key.Variants.Length];
        for (var i = 0; i < offerOf.Length; i++)
        {
            var cell = _compiled.Plain(key.Variants[i]);
            offerOf[i] = offers.FindIndex(o => o.Shift.Template == cell.Template && o.Shift.Work == cell.Work && o.Shift.IsNight == cell.IsNight);
            if (offerOf[i] >= 0) continue;
            offerOf[i] = offers.Count;
            offers.Add(new DayOffer(cell, Array.BinarySearch(lengths, cell.Work), places));
            places += _groups + _pairs.Count;
        }

        return new Menu(agent, key.Variants, offerOf, [.. offers]);
    }

    private sealed record Menu(int Agent, int[] Variants, int[] OfferOf, DayOffer[] Offers);

    private readonly struct MenuKey(int rules, int[] variants) : IEquatable<MenuKey>
    {
        private readonly int _rules = rules;

        public int[] Variants { get; } = variants;

        public bool Equals(MenuKey other) => _rules == other._rules && Variants.AsSpan().SequenceEqual(other.Variants);

        public override bool Equals(object? obj) => obj is MenuKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_rules);
            hash.AddBytes(MemoryMarshal.AsBytes(Variants.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
