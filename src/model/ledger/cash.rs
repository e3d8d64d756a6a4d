//! THE LIST OF CASH ITEMS: what costs and returns are booked under.

#![allow(clippy::doc_markdown, reason = "definitions are texts for users, and documentation too")]

macro_rules! cash_items {
    ($($item:ident $name:literal $account:ident $meaning_en:literal / $meaning_ko:literal;)*) => {
        /// An item of cost or return.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum CashItem {
            $(#[doc = $meaning_en] $item,)*
        }

        impl CashItem {
            /// Every item.
            pub const ALL: &[Self] = &[$(Self::$item,)*];

            /// The word used in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$item => $name,)* }
            }

            /// To which side of the accounts it belongs.
            #[must_use]
            pub const fn account(self) -> CashAccount {
                match self { $(Self::$item => CashAccount::$account,)* }
            }

            /// What it is, in English.
            #[must_use]
            pub const fn meaning_en(self) -> &'static str {
                match self { $(Self::$item => $meaning_en,)* }
            }

            /// What it is, in Korean.
            #[must_use]
            pub const fn meaning_ko(self) -> &'static str {
                match self { $(Self::$item => $meaning_ko,)* }
            }
        }
    };
}

/// What an item is, and so how much of it each account counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashAccount {
    /// Money that buys resources.
    Resource,
    /// Money that only changes hands: a cost to who pays it, and as much to who gets it.
    Transfer,
    /// What taxes that pay for the policy cost society beyond the money that they raise.
    Burden,
    /// A receipt of the budget.
    Revenue,
    /// What the budgets of the country lose elsewhere of a receipt: none of the year's receipts, but
    /// taken off them.
    Elsewhere,
    /// A receipt by which capital that was paid comes back.
    Recovery,
    /// What is left of a resource at the horizon: no receipt yet.
    Residual,
    /// What is produced.
    Output,
}

/// How much of an amount an account counts as a cost and as a benefit, each -1, 0 or 1: costs stand
/// positive in the ledger and returns negative. Benefits less costs are the account's net value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// As a cost.
    pub cost: i8,
    /// As a benefit.
    pub benefit: i8,
}

impl Counts {
    /// Not at all.
    pub const NOTHING: Self = Self { cost: 0, benefit: 0 };
    const COST: Self = Self { cost: 1, benefit: 0 };
    const BENEFIT: Self = Self { cost: 0, benefit: -1 };
    const BOTH: Self = Self { cost: 1, benefit: 1 };
}

impl CashAccount {
    /// Every account.
    pub const ALL: [Self; 8] = [
        Self::Resource,
        Self::Transfer,
        Self::Burden,
        Self::Revenue,
        Self::Elsewhere,
        Self::Recovery,
        Self::Residual,
        Self::Output,
    ];

    /// What the fiscal account counts of an item that a public payer pays or gets; of a private
    /// payer's it counts nothing.
    #[must_use]
    pub const fn fiscal(self) -> Counts {
        match self {
            Self::Resource | Self::Transfer => Counts::COST,
            Self::Revenue | Self::Elsewhere | Self::Recovery | Self::Residual => Counts::BENEFIT,
            Self::Burden | Self::Output => Counts::NOTHING,
        }
    }

    /// What the economic account counts of an item, whoever pays or gets it.
    ///
    /// Its cost is all that is paid, also where it changes hands; what changes hands is a benefit to
    /// who gets it, so that it leaves the net value alone. So a won of a grant and a won of a
    /// building weigh the same in the ratio.
    ///
    /// # Source
    ///
    /// Department for Transport, TAG unit A1.1: present value of benefits over present value of costs to
    /// the public purse, transfers on both sides (recalled).
    #[must_use]
    pub const fn economic(self) -> Counts {
        match self {
            Self::Resource | Self::Burden => Counts::COST,
            Self::Transfer => Counts::BOTH,
            Self::Recovery | Self::Residual | Self::Output => Counts::BENEFIT,
            Self::Revenue | Self::Elsewhere => Counts::NOTHING,
        }
    }

    /// In which accounts it counts and which sign it has in `cost_benefit.csv`, in English.
    #[must_use]
    pub const fn rule_en(self) -> &'static str {
        match self {
            Self::Resource => {
                "policy less baseline, discounted, more cost positive; a cost in the fiscal account (if a public payer's) and the economic one"
            }
            Self::Transfer => {
                "policy less baseline, discounted, more cost positive; a cost in the fiscal account (if a public payer's), a transfer in the economic one: cost and benefit alike"
            }
            Self::Burden => {
                "policy less baseline, discounted, more cost positive; a cost in the economic account alone"
            }
            Self::Revenue | Self::Elsewhere => {
                "policy less baseline, discounted, more return negative; a return in the fiscal account alone, as it is a transfer"
            }
            Self::Recovery | Self::Residual => {
                "policy less baseline, discounted, more return negative; a return in the fiscal account (if a public payer's) and a benefit in the economic one"
            }
            Self::Output => {
                "policy less baseline, discounted, more benefit negative; a benefit in the economic account alone"
            }
        }
    }

    /// The same in Korean.
    #[must_use]
    pub const fn rule_ko(self) -> &'static str {
        match self {
            Self::Resource => {
                "기준 정책 대비 차이, 할인됨, 비용 증가가 양수; 재정 계정(공공 부담분)과 경제 계정의 비용"
            }
            Self::Transfer => {
                "기준 정책 대비 차이, 할인됨, 비용 증가가 양수; 재정 계정(공공 부담분)의 비용, 경제 계정에서는 이전지출로 비용과 편익에 같은 금액"
            }
            Self::Burden => "기준 정책 대비 차이, 할인됨, 비용 증가가 양수; 경제 계정만의 비용",
            Self::Revenue | Self::Elsewhere => {
                "기준 정책 대비 차이, 할인됨, 수입 증가가 음수; 재정 계정만의 수입(이전지출)"
            }
            Self::Recovery | Self::Residual => {
                "기준 정책 대비 차이, 할인됨, 수입 증가가 음수; 재정 계정(공공 귀속분)의 수입과 경제 계정의 편익"
            }
            Self::Output => "기준 정책 대비 차이, 할인됨, 편익 증가가 음수; 경제 계정만의 편익",
        }
    }

    /// Whether what stands here is received in its year.
    #[must_use]
    pub const fn is_receipt(self) -> bool {
        matches!(self, Self::Revenue | Self::Recovery)
    }

    /// Whether what stands here is a cost to whoever pays it.
    #[must_use]
    pub const fn is_cost(self) -> bool {
        self.fiscal().cost == 1
    }
}

cash_items! {
    Construction "construction" Resource "Construction of public buildings, at their final cost: what the policy states × construction_overrun, from the vantage date on" / "공공 건축물 건설비(최종 공사비: 정책에 적힌 금액 × construction_overrun, 기준 시점 이후)";
    Land "land" Resource "Opportunity cost of land" / "토지의 기회비용";
    Operation "operation" Resource "Running public facilities" / "공공시설 운영비";
    Services "services" Resource "Services to tenants" / "입주 기업 서비스 비용";
    Support "support" Resource "Firms' use of testbeds, data, joint projects, prototypes and instruments, as far as it buys something" / "테스트베드·데이터·공동연구·시제품·정책 도구 이용(자원 구매분)";
    Administration "administration" Resource "Running designations, funds and instruments" / "지정·기금·정책 도구 운영비";
    Tuition "tuition" Resource "Teaching at places that did not exist elsewhere before, while it is given" / "신규 정원의 교육비(교육 기간에 걸쳐 계상)";
    Grants "grants" Resource "Research grants as far as they add to research: they buy it (grant_additional_share)" / "연구를 늘리는 부분의 연구개발 지원금(grant_additional_share)";
    GrantsWindfall "grants_windfall" Transfer "Research grants as far as they take the place of firms' own money" / "기업 자체 연구비를 대신하는 부분의 연구개발 지원금";
    FundPayments "fund_payments" Resource "Capital that the matching fund pays into rounds: firms use it up as they do a grant, but some comes back" / "매칭펀드 투자금(지원금처럼 기업이 사용하나 일부 회수)";
    SupportTransfers "support_transfers" Transfer "What users of instruments get that only changes hands, such as a tax credit (transfer_share)" / "정책 도구 이용자에게 이전되는 금액(세액공제 등, transfer_share)";
    RentSubsidy "rent_subsidy" Transfer "Rent below the market in leased facilities" / "임차 시설의 임대료 보조";
    RentVouchers "rent_vouchers" Transfer "Rent vouchers" / "임대료 바우처";
    WageSubsidy "wage_subsidy" Transfer "Wage subsidies" / "임금 보조금";
    LoanInterest "loan_interest" Transfer "Interest on soft loans" / "융자 이자 보전";
    TaxGivenUp "tax_given_up" Transfer "Acquisition and property tax given up" / "감면된 취득세·재산세";
    ExcessBurden "excess_burden" Burden "What raising the net public cost by taxes costs society beyond it: (marginal_cost_of_public_funds − 1) × (public costs, with the land that is given and not sold, less receipts and what is left at the horizon)" / "순공공비용을 조세로 조달할 때 그 금액을 넘어 사회가 부담하는 비용: (marginal_cost_of_public_funds − 1) × (매각하지 않고 제공한 토지를 포함한 공공 비용 − 수입·잔존 가치)";
    FundProceeds "fund_proceeds" Recovery "Proceeds of the fund at listings and acquisitions" / "상장·인수 시 기금 회수금";
    Rents "rents" Revenue "Rents paid to the payer by tenants and homes" / "입주 기업과 주택의 임대료 수입";
    IncomeTax "income_tax" Revenue "Income tax" / "소득세";
    LocalIncomeTax "local_income_tax" Revenue "Local income tax" / "지방소득세";
    CorporateTax "corporate_tax" Revenue "Corporate tax" / "법인세";
    AcquisitionTax "acquisition_tax" Revenue "Acquisition tax on new floor space, before relief" / "신축 연면적 취득세(감면 전)";
    PropertyTax "property_tax" Revenue "Property tax on new floor space, before relief" / "신축 연면적 재산세(감면 전)";
    TaxesElsewhere "taxes_elsewhere" Elsewhere "Taxes that would be paid elsewhere in the country: opportunity_share × the five taxes above, lost to the state and other cities" / "타 지역에서 납부되었을 세금: opportunity_share × 위 다섯 세목(국가와 다른 지자체의 감소분)";
    FundStake "fund_stake" Residual "What the fund's stakes are worth at the horizon: proceeds expected at the hazards of that year of listing, acquisition and failure, discounted" / "기간 말 기금 보유 지분의 가치(그해의 상장·인수·퇴출 위험률에 따른 기대 회수금, 할인됨)";
    ResidualValue "residual_value" Residual "Value of public buildings and land at the horizon" / "기간 말 공공 건축물과 토지의 잔존 가치";
    UnfinishedTeaching "unfinished_teaching" Residual "Teaching given to cohorts that finish after the horizon, at its cost" / "기간 이후 수료하는 기수에 이미 투입된 교육비";
    ValueAdded "value_added" Output "Value added of the sector's jobs: jobs × value_added_per_job" / "해당 산업 일자리의 부가가치: 일자리 × value_added_per_job";
    ValueAddedElsewhere "value_added_elsewhere" Output "Value added that would be produced elsewhere in the country: opportunity_share × value_added" / "타 지역에서 생산되었을 부가가치: opportunity_share × value_added";
}
