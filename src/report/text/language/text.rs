//! THE REGISTER OF TEXTS: the keys of every sentence and label that people read. What they say stands in
//! `en.toml` and `ko.toml`, a file a language.
//!
//! Words in braces are filled in by [`fill`].

use crate::report::text::language::Language;

/// A text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its key, which the report's template uses.
    pub key: &'static str,
}

impl Text {
    /// The text in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &'static str {
        language.word("text", self.key).unwrap_or(self.key)
    }
}

/// A text with its words in braces filled in.
#[must_use]
pub fn fill(text: &Text, language: Language, words: &[(&str, &str)]) -> String {
    filled(text.in_language(language), words)
}

fn filled(text: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    // One pass: what is filled in is never searched again.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((key, after)) = after.split_once('}') else { break };
        let word = words.iter().find(|(name, _)| *name == key);
        filled.push_str(word.map_or("", |(_, word)| word));
        rest = after;
    }
    filled + rest
}

/// `replication` or `replications`.
#[must_use]
pub fn word_for_replications(number: u32, language: Language) -> &'static str {
    let word = if number == 1 { replication_word } else { replications_word };
    word.in_language(language)
}

macro_rules! texts {
    ($($key:ident,)*) => {
        $(
            #[doc = concat!("`", stringify!($key), "`.")]
            #[allow(non_upper_case_globals, reason = "a text is called as the template calls it")]
            pub const $key: Text = Text { key: stringify!($key) };
        )*
        /// Every text.
        pub const TEXTS: &[Text] = &[$($key,)*];
    };
}

texts! {
    report, question, answer, contents, skip, policy_word, policies_word, replication_word,
    replications_word, live_page, made_by, baseline, policy, year, metric, place, place_district,
    place_city, verdict_year, verdict_pairs, verdict_pairs_left_out, listed, rest_in, more_only,
    verdict_higher, verdict_lower, verdict_not_ranked, verdict_more_replications, verdict_same,
    verdict_unranked, verdict_ties, verdict_more_replications_pair, verdict_same_pair,
    verdict_one, verdict_few, verdict_alone, verdict_best, verdict_after, verdict_no_after,
    verdict_value, verdict_error, verdict_error_reached, verdict_error_few, verdict_higher_mean,
    png_lacks, verdict_equal, verdict_beyond, verdict_error_unknown, verdict_not_ranked_with,
    verdict_more_replications_with, verdict_leads, leads_jobs_city, leads_jobs_district, leads_moved, verdict_left_out, verdict_after_national, value_no_ratio, value_no_ratio_saves, value_no_ratio_free, value_no_ratio_takes,
    leads_firms, leads_investment, leads_value, leads_cost, leads_equal, leads_not_ranked,
    named_and_more, ratio_interval, verdict_no_value, verdict_frontier, verdict_frontier_near,
    verdict_returns, returns_residual, returns_held_land, returns_held_stakes, returns_held_teaching, returns_rents, returns_fund, returns_taxes,
    in_all_replications, in_some_replications, in_share_of_replications, all_replications,
    no_replication, too_few, reading, reading_middle, reading_error, reading_displacement,
    reading_ranked, reading_ranked_against, verdict_moved, verdict_none_city, reading_jobs,
    reading_value, verdict_caution, and_more, forest, forest_note, groups, groups_note, decision, decision_note,
    decision_city, decision_district, decision_mean, decision_higher, decision_error,
    decision_after, decision_firms, decision_investment, decision_cost, decision_value,
    decision_per_job, decision_below, decision_ratio, value, value_basis, value_accounts,
    value_dominates, value_dominates_by_means, value_dominates_both, value_none_dominates,
    value_over, value_assumes, value_likeliest, value_by_rules, value_of_rules, value_held, value_ended, value_periods_differ, decision_leading, decision_all, decision_headline, decision_levels,
    decision_level, decision_changed, decision_fiscal, no_ratio, table_share, table_of_mean, table_title, table_note, fan, fan_note, difference,
    difference_note, additionality, additionality_note, additionality_nets_only,
    additionality_swapped, cost, cost_note, cost_axis, jobs_axis, cost_table, cost_table_note,
    attribution, attribution_note, attribution_differs, attribution_basis, attribution_against,
    attribution_no_policy, attribution_total, attribution_parameters, attribution_absent,
    shapley, leave_one_out, map, map_note, not_open, designated, timeline, timeline_note,
    timeline_none, noise, noise_note, noise_parameters, noise_computing, noise_both,
    noise_below_zero, noise_result, noise_from_parameters, noise_from_chance,
    noise_from_interaction, noise_helps, noise_too_few, noise_evidence, noise_replications,
    noise_nothing, noise_more, noise_absent, validation, validation_title, validation_score,
    validation_scores, validation_note, validation_inside, validation_outside,
    validation_inside_fitted, validation_outside_fitted, validation_verdict, validation_90,
    validation_median, facts_title, facts_score, facts_beside, fact, fact_range, fact_met,
    fact_not_met, fact_unknown, validation_absent, observed_title, observed_note, observed,
    tolerance, simulated, middle_90, off_by, source, method, method_text, method_vary,
    method_fixed, method_many, method_many_against, evidence_title, evidence_seen,
    evidence_derived, evidence_recalled, evidence_judgement, policies_title, sources, manifest,
    manifest_note, cite, citation, version, scenario, seed, replications, years, settings, inputs, tables, file,
    controls, focus, show_headline, show_all, show_none, more_policies, save_svg, save_png,
    save_csv, save_as, data, mean, median, middle_50, interval_95, difference_word,
    nothing_shown, no_data, no_script, keyboard, rounded, firms_word, jobs_word, occupancy_word,
    rent_word, tenants_word, places_word, elsewhere, play, pause, workbook_cut,
    workbook_cut_first, workbook_cut_simulated, workbook_cut_areas, workbook_cut_whole, workbook_cut_charted,
    workbook_summary, workbook_headline, workbook_charts, workbook_data, workbook_manifest,
    workbook_sheets, workbook_headline_about, workbook_pairs_baseline, workbook_shortened,
    workbook_charts_about, workbook_data_about, workbook_medians, workbook_against,
    workbook_band, workbook_baseline_median, workbook_p05, workbook_p95, workbook_below,
    workbook_above, workbook_error, workbook_left, workbook_right, workbook_fifth, report_is_in,
    placebo_heading, placebo_reading, budget_heading, budget_size, budget_before, budget_after,
    budget_sizeless, futures_jobs, futures_value, futures_present,
    promise_held, promise_planned, promise_ceiling, promise_line, promise_missed,
    promise_untold, promise_idle, selection_best, selection_open, selection_tied, selection_used,
    selection_apart, assumptions, assumptions_note, assumptions_absent, assumptions_parameter,
    assumptions_range, assumptions_at_low, assumptions_at_high, assumptions_moves,
    assumptions_evidence, tables_are_in, decided_tables, decided_replaced,
    decided, decided_note, decided_absent, decided_title, decided_less, decided_more, decided_rest, decided_best_share, decided_average_share, decided_loss_share, decided_expected_loss, decided_rank, decided_caution, decided_left_out, decided_best, decided_best_equal, decided_no_parameter, decided_nothing_ranked, decided_best_given, decided_unexplained, decided_not_apart, decided_not_ranked, decided_lead, decided_more_often, decided_few, decided_and_further, decided_and, decided_or, decided_no_switch, decided_switches, decided_other_switches, decided_no_other_switch, decided_switch_above, decided_switch_below, decided_more_switches, decided_worth_untold, decided_worth_none, decided_worth, decided_worth_nothing, decided_worth_all_only, decided_worth_all, decided_of_one, decided_as_much, decided_surveys, decided_of_survey, decided_worse, decided_short, decided_never_fails, decided_always_fails, decided_fails_unexplained, decided_fails_nowhere, decided_fails_where, decided_between, decided_at_least, decided_at_most, decided_rules_agree, decided_rules_disagree, decided_rule_picks, decided_futures_one, decided_futures, decided_futures_read, decided_future_other, decided_frontier, decided_cheapest, decided_at, decided_at_between, decided_off_frontier,
    // The live page.
    explore_kind, explore_no_script, explore_skip, explore_undo, explore_redo, explore_take,
    explore_answer_label, explore_answer, explore_answer_place, explore_middle_is,
    explore_middle_90, explore_computing, explore_count, explore_updating,
    explore_marked_precomputed, explore_marked_short, explore_refused_short, explore_sharper,
    explore_sure_precomputed, explore_sure_computing, explore_sure_more, explore_sure_less, explore_sure_open,
    explore_sure_same, explore_sure_few, explore_against_origin, explore_against_origin_sure, explore_against_origin_open, explore_against_origin_few, explore_against_origin_same, explore_refused, explore_refused_note,
    explore_undo_that, explore_warned, explore_typed_nothing, explore_typed_reset, explore_typed_no_number, explore_typed_no_day, explore_typed_leap_day, explore_crashed, explore_unable, explore_unable_scenario, explore_unable_note, explore_charts,
    explore_metric, explore_metrics_main, explore_metrics_all, explore_ranked_by,
    explore_ranked_together, explore_ranked_not, explore_by_date, explore_stages, explore_terms, explore_own_name, explore_years, explore_unit_1_year, explore_unit_1_head_year, explore_unit_ln, explore_unit_logit, explore_unit_logit_year, explore_unit_utility, explore_unit_utility_ln, explore_unit_m2_head, explore_unit_founders_year, explore_unit_jobs_job, explore_unit_day_of_year, explore_unit_money_year, explore_unit_money_head, explore_unit_money_m2, explore_unit_money_person_year, explore_unit_money_home_year, explore_legend_scale,
    explore_list_of, explore_list_plain,
    explore_list_schedule, explore_place_beside, explore_pinned, explore_pin, explore_see,
    explore_pins_full, explore_pinned_already, explore_legend, explore_chart_alt,
    explore_chart_keys, explore_vantage, explore_as_shipped, explore_compare, explore_compare_title,
    explore_variant, explore_now, explore_loss_head, explore_replications, explore_bring_back,
    explore_unpin, explore_jobs_title, explore_step_gross, explore_step_deadweight,
    explore_step_moved, explore_step_elsewhere, explore_step_others, explore_step_net,
    explore_step_products, explore_step_net_after, explore_jobs_note, explore_jobs_bridge, explore_money_title,
    explore_public_cost_pv, explore_fiscal_npv, explore_economic_npv, explore_loss, explore_loss_none, explore_loss_all, explore_never,
    explore_always, explore_money_note, explore_controls, explore_policy, explore_own,
    explore_changes_none, explore_changes_title_one, explore_changes_title, explore_changes_one,
    explore_changes_count, explore_change_added, explore_change_dropped, explore_change_set,
    explore_change_param, explore_change_future, explore_name_changed_one, explore_name_changed,
    explore_reset, explore_reset_all, explore_levers, explore_levers_note, explore_no_levers,
    explore_add_one, explore_as_in, explore_added, explore_dropped, explore_more_settings,
    explore_also_in_baseline, explore_assumptions, explore_assumptions_note,
    explore_more_parameters, explore_future, explore_future_none, explore_varies, explore_evidence,
    explore_start_is, explore_exact, explore_on, explore_off, explore_unset, explore_word_ranked, explore_word_first_come, explore_word_lottery, explore_word_master, explore_word_doctor, explore_word_non_degree, explore_word_retraining, explore_word_university, explore_word_government, explore_word_private, explore_footer,
    explore_simulated_note, explore_close, explore_nothing_sent, explore_address,
    explore_address_note, explore_copy, explore_copied, explore_command, explore_command_note,
    explore_command_future, explore_file, explore_save_file,
    explore_file_note, explore_file_shipped, explore_file_later, explore_what_is_shown,
    explore_print, explore_link_refused, explore_link_long, explore_link_broken,
    explore_link_version, explore_link_unknown, explore_link_value, explore_link_other_data,
    explore_link_long_own, explore_replay_title, explore_replay_note, explore_replay_loading,
    explore_replay_hint, explore_play, explore_pause, explore_step_back, explore_step_forth,
    explore_year, explore_replication, explore_replication_range, explore_another, explore_baseline, explore_with_policy,
    explore_panel_sums, explore_panel_alt, explore_area_count, explore_key_same, explore_key_moved,
    explore_key_only, explore_key_tenant, explore_key_born, explore_key_gone, explore_as_table,
    explore_table_note, explore_count_founded, explore_count_moved, explore_count_gone,
    explore_count_district, explore_count_districtjobs, explore_count_city, explore_count_cityjobs,
    explore_firm, explore_origin_initial, explore_origin_independent, explore_origin_spin_off,
    explore_origin_graduate, explore_origin_institute, explore_origin_brought, explore_institute,
    explore_never_founded, explore_stay, explore_stay_tenant, explore_gone, explore_there_still,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::language::languages;
    use crate::report::text::language::words;

    fn words_of(text: &str) -> Vec<&str> {
        let mut words: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
        words.sort_unstable();
        words
    }

    #[test]
    fn every_language_has_every_text_and_fills_in_the_same_words() {
        for language in languages() {
            let keys: Vec<&str> =
                words::shipped(language.tag())["text"].keys().map(String::as_str).collect();
            assert_eq!(keys.len(), TEXTS.len(), "{language:?}");
        }
        for text in TEXTS {
            let all = languages().map(|language| language.word("text", text.key));
            let [Some(first), ..] = all else { panic!("{} is missing", text.key) };
            for one in all {
                let one = one.unwrap_or_default();
                assert!(!one.is_empty(), "{}", text.key);
                assert_eq!(words_of(first), words_of(one), "{}", text.key);
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_searched_again() {
        let words = [("a", "{b}"), ("b", "2")];
        assert_eq!(filled("{a} and {b}", &words), "{b} and 2");
        assert_eq!(filled("{b}, {a}", &words), "2, {b}");
    }
}
