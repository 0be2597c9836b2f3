#include "heuristics/coinjoin/shape.h"

#include <algorithm>

namespace wagetrail {

namespace {

// Amounts come from a chain that kept its supply limit; saturating keeps us total anyway.
void add(Amount& sum, Amount amount) {
    sum = sum.plus(amount).value_or(sum);
}

std::vector<ShapeLeg> by_address(const std::vector<ShapeLeg>& legs) {
    std::vector<ShapeLeg> sorted = legs;
    std::sort(sorted.begin(), sorted.end(), [](const ShapeLeg& left, const ShapeLeg& right) {
        return left.address < right.address;
    });
    return sorted;
}

void count_payers(const std::vector<ShapeLeg>& inputs, ShapeFigures& figures) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const bool is_new = i == 0 || inputs[i].address != inputs[i - 1].address;
        run = is_new ? 1 : run + 1;
        figures.inputs_per_payer_max = std::max(figures.inputs_per_payer_max, run);
        if (is_new)
            figures.payers.push_back(inputs[i].amount);
        else
            add(figures.payers.back(), inputs[i].amount);
    }
    std::sort(figures.payers.begin(), figures.payers.end());
}

void count_reuse(const std::vector<ShapeLeg>& inputs,
                 const std::vector<ShapeLeg>& outputs,
                 ShapeFigures& figures) {
    auto in = inputs.begin();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const AddrId address = outputs[i].address;
        if (i > 0 && outputs[i - 1].address == address) ++figures.paid_twice;
        while (in != inputs.end() && in->address < address) ++in;
        if (in != inputs.end() && in->address == address) ++figures.paid_back;
    }
}

void count_values(const std::vector<ShapeLeg>& outputs, ShapeFigures& figures) {
    std::vector<Amount> amounts;
    amounts.reserve(outputs.size());
    for (const ShapeLeg& out : outputs) amounts.push_back(out.amount);
    std::sort(amounts.begin(), amounts.end());
    for (const Amount amount : amounts) {
        if (figures.values.empty() || figures.values.back().amount != amount)
            figures.values.push_back({.amount = amount, .count = 0});
        ++figures.values.back().count;
    }
    for (const ValueCount& value : figures.values) {
        if (value.count >= figures.mode.count) figures.mode = value;
        if (value.count > 1) ++figures.repeated_values;
    }
}

Amount total(const std::vector<ShapeLeg>& legs) {
    Amount sum;
    for (const ShapeLeg& leg : legs) add(sum, leg.amount);
    return sum;
}

}  // namespace

ShapeFigures figures_of(const TxShape& shape) {
    ShapeFigures figures;
    const std::vector<ShapeLeg> inputs = by_address(shape.inputs);
    count_payers(inputs, figures);
    count_reuse(inputs, by_address(shape.outputs), figures);
    count_values(shape.outputs, figures);
    figures.fee = total(shape.inputs).minus(total(shape.outputs)).value_or(Amount());
    if (!shape.inputs.empty()) {
        const AddressKind kind = shape.inputs.front().kind;
        const bool is_one = std::all_of(shape.inputs.begin(), shape.inputs.end(),
                                        [&](const ShapeLeg& in) { return in.kind == kind; });
        if (is_one) figures.input_kind = kind;
    }
    return figures;
}

std::size_t outputs_not_of(const TxShape& shape, AddressKind kind) {
    return static_cast<std::size_t>(
        std::count_if(shape.outputs.begin(), shape.outputs.end(),
                      [&](const ShapeLeg& out) { return out.kind != kind; }));
}

}  // namespace wagetrail
